import { VISITOR } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { expect, test } from 'vitest';
import { decideCorrection } from './decide-correction.command.ts';
import { aSheet, aStaffMember, aTerritory, must, sentMessages } from './directory.fixtures.ts';
import { correctionSchema, readFields, type CorrectionFields } from './directory.schema.ts';
import { directoryQueue } from './list-corrections.query.ts';
import { CORRECTIONS_BY_ADDRESS, reportCorrection } from './report-correction.command.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const organizationId = await aSheet(engine, territoryId, { name: 'Le Fil' });
const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));

function said(typed: Record<string, unknown>): CorrectionFields {
  const read = readFields(correctionSchema, { kind: 'closed', ...typed });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}
const report = (typed: Record<string, unknown> = {}, address = '192.0.2.1', now = new Date()) =>
  reportCorrection(contextFor(engine, VISITOR, now), { territoryId, organizationId, fields: said(typed), address });

test('anybody says that a place has closed; a facilitator finds it in the queue, decides, and the person is answered', async () => {
  const id = must(await report({ details: 'Volets baissés depuis juin.', contact: 'Voisine@Example.org' }));
  const queue = await directoryQueue(facilitator, { territoryId });
  expect(queue?.corrections.find((waiting) => waiting.id === id)).toMatchObject({
    organizationName: 'Le Fil',
    details: 'Volets baissés depuis juin.'
  });
  must(await decideCorrection(facilitator, { territoryId, correctionId: id, decision: 'applied', reason: null }));
  expect(await sentMessages(engine, 'Voisine@example.org')).toMatchObject([
    { channel: 'mail', template: 'directory-correction-answer' }
  ]);
  const after = await directoryQueue(facilitator, { territoryId });
  expect(after?.corrections.map((waiting) => waiting.id)).not.toContain(id);
  expect(
    await decideCorrection(facilitator, { territoryId, correctionId: id, decision: 'applied', reason: null })
  ).toMatchObject({
    code: 'not-found'
  });
});

test('whoever left a telephone number is answered by SMS; whoever left nothing is not looked for', async () => {
  const phone = must(await report({ kind: 'wrong-number', contact: '04 65 71 04 33' }));
  const silent = must(await report({ kind: 'moved' }));
  const dismiss = { territoryId, decision: 'dismissed', reason: 'Nous avons appelé : le numéro répond.' } as const;
  expect(must(await decideCorrection(facilitator, { ...dismiss, correctionId: phone }))).toEqual({ answered: true });
  expect(must(await decideCorrection(facilitator, { ...dismiss, correctionId: silent }))).toEqual({ answered: false });
  expect(await sentMessages(engine, '+33465710433')).toMatchObject([{ channel: 'sms' }]);
});

test('a correction is dismissed with a reason or not at all', async () => {
  const id = must(await report());
  const request = { territoryId, correctionId: id, decision: 'dismissed', reason: '  ' } as const;
  expect(await decideCorrection(facilitator, request)).toMatchObject({ ok: false, code: 'reason-missing' });
});

test('visitors, and the staff of another territory, neither read the queue nor decide', async () => {
  const id = must(await report());
  const elsewhere = contextFor(engine, await aStaffMember(engine, await aTerritory(engine)));
  for (const ctx of [contextFor(engine), elsewhere]) {
    expect(await directoryQueue(ctx, { territoryId })).toBeNull();
    const request = { territoryId, correctionId: id, decision: 'applied', reason: null } as const;
    expect(await decideCorrection(ctx, request)).toMatchObject({ ok: false, code: 'not-found' });
  }
});

test('a script is stopped after a while, others are not, and no network address is kept', async () => {
  const from = '198.51.100.7';
  for (let n = 0; n < CORRECTIONS_BY_ADDRESS.hits; n += 1) must(await report({}, from));
  expect(await report({}, from)).toMatchObject({ ok: false, code: 'too-many-attempts' });
  expect(await report({}, '198.51.100.8')).toMatchObject({ ok: true });
  const later = new Date(Date.now() + CORRECTIONS_BY_ADDRESS.minutes * 60_000);
  expect(await report({}, from, later)).toMatchObject({ ok: true });
  const kept = await reading(operatorContext(engine), (tx) => tx.selectFrom('rate_limit').select('key').execute());
  expect(kept.some(({ key }) => key.includes('198.51'))).toBe(false);
});

test('a contact that is neither an address nor a number is said at once', () => {
  expect(readFields(correctionSchema, { kind: 'closed', contact: 'ma voisine' })).toEqual({
    ok: false,
    problems: { contact: 'malformed-contact' }
  });
});
