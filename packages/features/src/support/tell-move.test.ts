import type { Context } from '@terreau/database/context';
import { operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { must, sentMessages } from '../directory/directory.fixtures.ts';
import { decideStep } from './decide-step.command.ts';
import { DOSSIER_MOVES } from './dossier-life.rules.ts';
import { moveDossierSchema } from './dossier.schema.ts';
import { findDossier } from './find-dossier.query.ts';
import { decideStepSchema } from './journey.schema.ts';
import { moveDossier } from './move-dossier.command.ts';
import { moveWords } from './move-mails.ts';
import { movedTo } from './plan.fixtures.ts';
import { aDossier, inCircle, inDays, type Accompanied } from './support.fixtures.ts';

const engine = await testDatabase();
const ORIGIN = 'https://terreau.example';

async function emailOf({ actor }: Context): Promise<string> {
  const { email } = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('account').select('email').where('id', '=', actor.accountId!).executeTakeFirstOrThrow()
  );
  return email;
}

async function versionOf({ facilitator, territoryId, dossierId }: Accompanied): Promise<string> {
  return String((await findDossier(facilitator, territoryId, dossierId))!.version);
}

async function move(who: Context, accompanied: Accompanied, typed: Record<string, string>) {
  const fields = v.parse(moveDossierSchema, { ...typed, version: await versionOf(accompanied) });
  return moveDossier(who, { ...accompanied, fields, origin: ORIGIN });
}

test('when the structure stops, whoever accompanies is told at once, and nobody else of the circle', async () => {
  const accompanied = await aDossier(engine);
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const observer = await inCircle(engine, accompanied, 'observer');
  await movedTo(accompanied, 'under-way');
  const fields = v.parse(decideStepSchema, { decision: 'stop', version: await versionOf(accompanied) });
  must(await decideStep(carrier, { ...accompanied, fields, origin: ORIGIN }));
  const [mail, ...more] = await sentMessages(engine, await emailOf(accompanied.facilitator));
  expect(more).toEqual([]);
  expect(mail?.template).toBe('dossier-interrupt');
  expect(mail?.body_text).toContain(`/dossiers/${accompanied.dossierId}`);
  expect(mail?.body_text).not.toContain('Un atelier de réparation');
  for (const other of [carrier, observer]) expect(await sentMessages(engine, await emailOf(other))).toEqual([]);
});

test('when whoever accompanies pauses, the structure is told by mail or by text message, and asked for nothing', async () => {
  const accompanied = await aDossier(engine, { phone: '06 12 34 56 71' });
  const carrier = await inCircle(engine, accompanied, 'carrier');
  await movedTo(accompanied, 'under-way');
  must(await move(accompanied.facilitator, accompanied, { move: 'pause', note: 'Travaux', nextContactOn: inDays(30) }));
  const [mail] = await sentMessages(engine, await emailOf(carrier));
  expect(mail?.body_text).toContain('Rien ne vous est demandé');
  expect(mail?.body_text).not.toContain('Travaux');
  const [sms] = await sentMessages(engine, '+33612345671');
  expect(sms?.template).toBe('dossier-pause');
});

test('each message has its words in both languages, and is short enough to be a text message', () => {
  for (const to of ['structure', 'facilitators'] as const) {
    const told = DOSSIER_MOVES.filter((one) => moveWords('fr', to, one));
    expect(told).toContain('interrupt');
    for (const one of told) {
      expect(moveWords('en', to, one)?.text).not.toBe(moveWords('fr', to, one)?.text);
      expect(moveWords('fr', to, one)!.text.length).toBeLessThan(200);
    }
  }
});
