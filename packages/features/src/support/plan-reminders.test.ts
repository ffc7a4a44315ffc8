import { operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { instantAt, plusLocalDays } from '@terreau/kernel/instants';
import { expect, test } from 'vitest';
import { must, sentMessages } from '../directory/directory.fixtures.ts';
import { commentAction } from './comment-action.command.ts';
import type { DossierState } from './dossier-life.rules.ts';
import { findAction } from './find-action.query.ts';
import { leaveCircle } from './leave-circle.command.ts';
import { ownPromises } from './own-promises.query.ts';
import { aPlannedAction, movedTo, typedAction, typedComment } from './plan.fixtures.ts';
import { remindPlans } from './remind-plans.command.ts';
import { saveAction } from './save-action.command.ts';
import { aDossier, inCircle, inDays } from './support.fixtures.ts';

const engine = await testDatabase();
const ORIGIN = 'https://terreau.example';
const LONG_AGO = new Date(Date.now() + 3_600_000);

/** The platform's round at noon, `days` from now. */
async function roundIn(days: number, hour = '12:00'): Promise<number> {
  const now = instantAt(inDays(days), hour, 'Europe/Paris');
  return must(await remindPlans(operatorContext(engine, now), { origin: ORIGIN }));
}

/** Somebody who carries a project, with an account, and what they promised in its accepted plan. */
async function aPromise(dueOn: string | null, state: DossierState = 'under-way') {
  const accompanied = await aDossier(engine, { name: 'Nadia', email: '' });
  const carrier = await inCircle(engine, accompanied, 'member');
  const { people } = (await findAction(carrier, accompanied, null))!;
  const email = await emailOf(carrier.actor.accountId!);
  const member = people.at(-1)!.id;
  const id = await aPlannedAction(accompanied, { owner: member, dueOn: dueOn ?? '', what: 'Appeler la banque' });
  await movedTo(accompanied, state, LONG_AGO);
  return { accompanied, carrier, member, id, email };
}

async function emailOf(accountId: string): Promise<string> {
  const { email } = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('account').select('email').where('id', '=', accountId).executeTakeFirstOrThrow()
  );
  return email;
}

const daysOf = async (email: string) =>
  (await sentMessages(engine, email)).map(({ created_at }) =>
    Math.round((created_at.getTime() - instantAt(inDays(0), '12:00', 'Europe/Paris').getTime()) / 86_400_000)
  );

test('over two months, whoever promised is told a week before, then after, never twice in ten days, three times in all', async () => {
  const { email, carrier } = await aPromise(inDays(20));
  for (let day = 0; day <= 60; day += 1) {
    await roundIn(day);
    await roundIn(day, '17:00');
  }
  expect(await daysOf(email)).toEqual([13, 23, 33]);
  const [before, after] = await sentMessages(engine, email);
  expect(before!.body_text).toContain('Appeler la banque (Un atelier de réparation), pour le ');
  expect(after!.body_text).toContain('c’était pour le ');
  expect(before!.account_id).toBe(carrier.actor.accountId);
  expect(before!.body_text).toContain(`${ORIGIN}/`);
});

test('nobody is woken, and nobody hears of what they do not owe', async () => {
  const owed = await aPromise(inDays(2));
  await roundIn(0, '06:00');
  expect(await daysOf(owed.email)).toEqual([]);

  const undated = await aPromise(null);
  const far = await aPromise(inDays(90));
  const closed = await aPromise(inDays(2));
  for (const typed of [{ move: 'start' }, { move: 'finish' }]) {
    must(
      await commentAction(closed.carrier, { ...closed.accompanied, actionId: closed.id, fields: typedComment(typed) })
    );
  }
  const gone = await aPromise(inDays(2));
  must(await leaveCircle(gone.accompanied.facilitator, { ...gone.accompanied, memberId: gone.member, reason: null }));
  const asleep = await Promise.all(
    (['paused', 'interrupted', 'closed', 'diagnosis', 'plan-proposed'] as const).map((state) =>
      aPromise(inDays(2), state)
    )
  );
  // Written after the acceptance, and nobody has begun it: proposed is not promised.
  const late = await aPromise(inDays(90));
  const later = {
    ...late.accompanied,
    facilitator: { ...late.accompanied.facilitator, now: new Date(LONG_AGO.getTime() + 1) }
  };
  const added = await aPlannedAction(later, { owner: late.member, dueOn: inDays(2) });
  for (const day of [0, 5, 11]) await roundIn(day);
  for (const { email } of [undated, far, closed, gone, ...asleep, late]) expect(await daysOf(email)).toEqual([]);
  expect(await daysOf(owed.email)).toEqual([0, 11]);

  const start = { ...late.accompanied, actionId: added, fields: typedComment({ move: 'start' }) };
  must(await commentAction(late.carrier, start));
  await roundIn(12);
  expect(await daysOf(late.email)).toEqual([12]);
});

test('a pause silences, and waking up recalls once; a date put off begins again', async () => {
  const { email, accompanied, id, member } = await aPromise(inDays(3));
  await roundIn(0);
  await movedTo(accompanied, 'paused');
  for (const day of [11, 20]) await roundIn(day);
  expect(await daysOf(email)).toEqual([0]);
  await movedTo(accompanied, 'under-way');
  await roundIn(21);
  await roundIn(22);
  expect(await daysOf(email)).toEqual([0, 21]);
  const fields = typedAction({ owner: member, dueOn: plusLocalDays(inDays(0), 60) });
  must(await saveAction(accompanied.facilitator, { ...accompanied, fields, action: { id, version: 1 } }));
  for (const day of [32, 43, 53, 54]) await roundIn(day);
  expect(await daysOf(email)).toEqual([0, 21, 53]);
});

test('one message holds everything that somebody promised, whatever the dossier; who has no account gets no link', async () => {
  const first = await aPromise(inDays(3));
  await aPlannedAction(first.accompanied, { owner: first.member, dueOn: inDays(4), what: 'Réunir le bureau' });
  await movedTo(first.accompanied, 'under-way', new Date(LONG_AGO.getTime() + 60_000));
  const alone = await aDossier(engine, { name: 'Sokhna', email: 'sokhna@example.org' });
  const { people } = (await findAction(alone.facilitator, alone, null))!;
  await aPlannedAction(alone, { owner: people.find(({ name }) => name === 'Sokhna')!.id, dueOn: inDays(3) });
  await movedTo(alone, 'under-way', LONG_AGO);
  await roundIn(0);
  const sent = await sentMessages(engine, first.email);
  expect(sent).toHaveLength(1);
  expect(sent[0]!.body_text).toMatch(/Appeler la banque[\s\S]*Réunir le bureau/);
  const [mail] = await sentMessages(engine, 'sokhna@example.org');
  expect(mail!.body_text).not.toContain(`${ORIGIN}/t-`);
});

test('in a week one reads which plans wait, how many actions and for when; nothing of them, and nobody else’s', async () => {
  const { carrier, accompanied, id } = await aPromise(inDays(5));
  const mine = () => ownPromises(carrier, accompanied.territoryId, 'Europe/Paris');
  expect(await mine()).toEqual([
    { dossierId: accompanied.dossierId, title: 'Un atelier de réparation', count: 1, firstDueOn: inDays(5) }
  ]);
  expect(await ownPromises(accompanied.facilitator, accompanied.territoryId, 'Europe/Paris')).toEqual([]);
  must(await commentAction(carrier, { ...accompanied, actionId: id, fields: typedComment({ move: 'finish' }) }));
  expect(await mine()).toEqual([]);
});
