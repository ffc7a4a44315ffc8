import { operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { must } from '../directory/directory.fixtures.ts';
import { addDeadline } from './add-deadline.command.ts';
import { addPossibleFunding } from './add-possible-funding.command.ts';
import { deadlineSchema } from './budget.schema.ts';
import { finaliseBudget } from './finalise-budget.command.ts';
import { findBudget } from './find-budget.query.ts';
import { aBudget, line } from './funding.fixtures.ts';
import { listDeadlines, listNearDeadlines } from './list-deadlines.query.ts';
import { listPossibleFunding } from './list-possible-funding.query.ts';
import { remindDeadlines } from './remind-deadlines.command.ts';
import { settleDeadline } from './settle-deadline.command.ts';

const engine = await testDatabase();
/** A Tuesday morning: nobody is woken. */
const TODAY = '2027-03-02';
const at = (date: string) => new Date(`${date}T10:00:00Z`);

function deadline(typed: Record<string, string>) {
  return v.parse(deadlineSchema, { kind: 'financial-report', dueOn: '2027-03-23', ...typed });
}

async function mailsOf(territoryId: Id) {
  return reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('outbox')
      .select(['recipient', 'subject', 'body_text'])
      .where('territory_id', '=', territoryId)
      .where('template', '=', 'deadline-reminder')
      .orderBy('created_at')
      .orderBy('id')
      .execute()
  );
}

test('whoever sees to a deadline is reminded 21, 7 and 1 days before, once each, and no more once it is done', async () => {
  const { territoryId, dossierId, carrier } = await aBudget(engine);
  const ctx = { ...carrier, now: at(TODAY) };
  const { people } = (await listDeadlines(ctx, { territoryId, dossierId }))!;
  const fields = deadline({ label: 'Subvention 2026', member: people.at(-1)!.id });
  const deadlineId = must(await addDeadline(ctx, { territoryId, dossierId, fields }));
  const remind = async (date: string) => {
    must(await remindDeadlines(operatorContext(engine, at(date)), { origin: 'https://example.org' }));
    return (await mailsOf(territoryId)).length;
  };
  expect(await remind('2027-03-01')).toBe(0);
  expect(await remind(TODAY)).toBe(1);
  expect(await remind('2027-03-03')).toBe(1);
  expect(await remind('2027-03-16')).toBe(2);
  const [first] = await mailsOf(territoryId);
  expect(first!.subject).toBe('Pour le 23 mars 2027 : un compte rendu financier à rendre');
  expect(first!.body_text).toContain(`/dossiers/${dossierId}/deadlines`);
  expect(first!.body_text).not.toContain('Subvention 2026');
  // Done: the one that waits to leave is taken back, the next one is not written.
  must(await settleDeadline(ctx, { territoryId, dossierId, deadlineId, isDone: true }));
  expect(await remind('2027-03-22')).toBe(0);
  must(await settleDeadline(ctx, { territoryId, dossierId, deadlineId, isDone: false }));
  expect(await remind('2027-03-22')).toBe(1);
});

test('a deadline that nobody sees to is told to whoever accompanies, and stands in their week when it is near', async () => {
  const { territoryId, dossierId, carrier, facilitator } = await aBudget(engine);
  const add = (typed: Record<string, string>) =>
    addDeadline({ ...carrier, now: at(TODAY) }, { territoryId, dossierId, fields: deadline(typed) });
  must(await add({ kind: 'insurance', dueOn: '2027-03-08' }));
  must(await add({ kind: 'general-meeting', dueOn: '2027-06-01' }));
  must(await add({ kind: 'accounts', dueOn: '2027-02-20' }));
  must(await remindDeadlines(operatorContext(engine, at(TODAY)), { origin: 'https://example.org' }));
  const [mail, ...others] = await mailsOf(territoryId);
  expect(others).toEqual([]);
  const account = await engine.db
    .selectFrom('account')
    .select('email')
    .where('id', '=', facilitator.actor.accountId!)
    .executeTakeFirstOrThrow();
  expect(mail!.recipient).toBe(account.email);
  const near = await listNearDeadlines(facilitator, { territoryId, today: TODAY });
  expect(near.deadlines.map(({ kind, standing }) => [kind, standing])).toEqual([
    ['accounts', 'late'],
    ['insurance', 'near']
  ]);
  expect((await listNearDeadlines(carrier, { territoryId, today: TODAY })).total).toBe(0);
});

test('a sheet of the catalogue is added as an envisaged income line, and its check and deadline decide how it is shown', async () => {
  const { territoryId, dossierId, carrier, address, write, sheet } = await aBudget(engine);
  const plant = (title: string, more: Record<string, unknown>) =>
    transaction(operatorContext(engine), 'plant', async (tx) => {
      const row = await tx
        .insertInto('support')
        .values({ territory_id: territoryId, kind: 'funding', title, status: 'published', ...more })
        .returning('id')
        .executeTakeFirstOrThrow();
      return accept(row.id);
    });
  const today = new Date();
  const daysAgo = (days: number) => new Date(today.getTime() - days * 86_400_000).toISOString().slice(0, 10);
  const fresh = must(await plant('Fonds de quartier', { checked_on: daysAgo(89), themes: ['numerique'] }));
  must(await plant('Fonds ancien', { checked_on: daysAgo(91) }));
  must(await plant('Appel clos', { checked_on: daysAgo(1), closes_on: daysAgo(1) }));
  const list = (theme: string) => listPossibleFunding(carrier, { territoryId, dossierId, theme, before: null });
  expect((await list('all'))!.sheets.map((one) => [one.title, one.standing])).toEqual([
    ['Fonds de quartier', 'current'],
    ['Appel clos', 'past'],
    ['Fonds ancien', 'stale']
  ]);
  expect((await list('numerique'))!.sheets.map(({ title }) => title)).toEqual(['Fonds de quartier']);
  const add = { ...address, supportId: fresh, cents: 50_000 };
  must(await addPossibleFunding(carrier, add));
  expect((await sheet()).lines).toMatchObject([
    { account: '74', label: 'Fonds de quartier', cents: 50_000, state: 'envisaged', supportId: fresh }
  ]);
  await write(line('Outils', '60', '500'));
  must(await finaliseBudget(carrier, { ...address, version: (await sheet()).version }));
  expect(await addPossibleFunding(carrier, add)).toMatchObject({ code: 'budget-final' });
  // A sheet that leaves the catalogue changes nothing of a final budget.
  await engine.pool.query('delete from support where id = $1', [fresh]);
  expect((await findBudget(carrier, address))!.budget.lines[0]).toMatchObject({ label: 'Outils' });
});
