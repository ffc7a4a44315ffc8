import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { expect, test } from 'vitest';
import { aTerritory, anAccount, must } from '../directory/directory.fixtures.ts';
import { applyRetention } from '../trust/apply-retention.command.ts';
import { eraseByReceipt } from '../trust/erase-by-receipt.command.ts';
import { openReceipt } from '../trust/open-receipt.command.ts';
import { readReceipt } from '../trust/read-receipt.query.ts';
import { changeRequest } from './change-request.command.ts';
import { doorSchema, DOOR_FIELDS, readDoor, type TypedDoor } from './door.schema.ts';
import { eraseDraft } from './erase-draft.command.ts';
import { findDraft } from './find-draft.query.ts';
import { findSentRequest } from './find-sent-request.query.ts';
import { saveDraft } from './save-draft.command.ts';
import { moveRequest } from './move-request.command.ts';
import { submitRequest } from './submit-request.command.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const visitor = contextFor(engine);
const origin = 'https://terreau.example';
const somewhere = () => `2001:db8:${newId().slice(0, 4)}::1`;

const typed = (values: Partial<TypedDoor> = {}): TypedDoor => ({
  ...(Object.fromEntries(DOOR_FIELDS.map((name) => [name, ''])) as TypedDoor),
  sentence: 'Un atelier pour réparer les vélos',
  phone: '06 12 34 56 78',
  ...values
});
const save = async (values: Partial<TypedDoor> = {}, code: string | null = null, ctx = visitor) =>
  must(await saveDraft(ctx, { territoryId, door: 'idea', typed: typed(values), code, address: somewhere() })).code;
async function send(draftCode: string | null = null, ctx = visitor) {
  const read = readDoor(doorSchema, typed());
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const request = { territoryId, door: 'idea' as const, fields: read.value, draftCode, address: somewhere(), origin };
  return must(await submitRequest(ctx, request));
}
const rowsOf = (id: Id) =>
  reading(operatorContext(engine), (tx) => tx.selectFrom('request').selectAll().where('id', '=', id).execute());
const open = (code: string) => openReceipt(visitor, { code, address: somewhere() });

test('what is typed is kept as it is typed, and the code brings it back on another telephone', async () => {
  const code = await save({ phone: '06 12' });
  expect(await save({ phone: '06 12 34 56 78', forWhom: 'les voisins' }, code)).toBe(code);
  const draft = (await findDraft(visitor, code))!;
  expect(draft).toMatchObject({ door: 'idea', typed: { phone: '06 12 34 56 78', forWhom: 'les voisins' } });
  expect(must(await open(code)).draft).toEqual({ slug: draft.slug, door: 'idea' });
  expect(await readReceipt(visitor, code)).toBeNull();
});

test('a draft that is sent keeps its code, is sent once, and is no draft any more', async () => {
  const code = await save();
  const sent = await send(code);
  expect(sent.code).toBe(code);
  expect(await findDraft(visitor, code)).toBeNull();
  expect(must(await open(code)).draft).toBeNull();
  expect(await findSentRequest(visitor, code)).toMatchObject({ id: sent.requestId, state: 'moderation' });
  expect((await send(code)).code).not.toBe(code);
  expect(await save({ sentence: 'Autre chose' }, code)).not.toBe(code);
  expect((await rowsOf(sent.requestId))[0]).toMatchObject({
    typed: null,
    sentence: 'Un atelier pour réparer les vélos'
  });
});

test('somebody who gives up leaves nothing; nobody erases what was sent that way', async () => {
  const code = await save();
  const { id } = (await findDraft(visitor, code))!;
  must(await eraseDraft(visitor, code));
  expect(await rowsOf(id)).toEqual([]);
  const sent = await send();
  expect(await eraseDraft(visitor, sent.code)).toMatchObject({ code: 'code-unknown' });
});

test('a draft is erased 30 days after its last word, a sent request is not', async () => {
  const now = new Date();
  const old = await save({}, null, contextFor(engine, undefined, plusDays(now, -31)));
  const recent = await save({}, null, contextFor(engine, undefined, plusDays(now, -29)));
  const taken = await save({}, null, contextFor(engine, undefined, plusDays(now, -40)));
  await save({ forWhom: 'moi' }, taken);
  const sent = await send(null, contextFor(engine, undefined, plusDays(now, -40)));
  must(await applyRetention(operatorContext(engine, now), { origin }));
  expect(await findDraft(visitor, old)).toBeNull();
  expect(await findDraft(visitor, recent)).not.toBeNull();
  expect(await findDraft(visitor, taken)).not.toBeNull();
  expect(await rowsOf(sent.requestId)).toHaveLength(1);
});

test('by the code one reads where it stands, corrects, withdraws, and has everything erased', async () => {
  const { code, requestId } = await send();
  const other = await send();
  const words = { sentence: 'Réparer les vélos ensemble', forWhom: 'les jeunes', placeWords: null, expectation: null };
  must(await changeRequest(visitor, { code, requestId, words }));
  expect(await changeRequest(visitor, { code: other.code, requestId, words })).toMatchObject({ code: 'code-unknown' });
  expect((await readReceipt(visitor, code))!.requests).toMatchObject([{ id: requestId, words, isLive: true }]);

  const withdraw = (shown: string) =>
    moveRequest(visitor, { territoryId, code: shown, requestId, move: 'withdraw', origin });
  expect(await withdraw(other.code)).toMatchObject({ code: 'not-found' });
  must(await withdraw(code));
  expect(await withdraw(code)).toMatchObject({ code: 'request-is-withdrawn' });
  expect(await changeRequest(visitor, { code, requestId, words })).toMatchObject({ code: 'code-unknown' });
  expect((await readReceipt(visitor, code))!.requests).toMatchObject([{ state: 'withdrawn', isLive: false }]);

  must(await eraseByReceipt(visitor, { code }));
  expect(await rowsOf(requestId)).toEqual([]);
  expect(await rowsOf(other.requestId)).toHaveLength(1);
});

test('the code of somebody who has an account opens that request alone, never the account', async () => {
  const asker = contextFor(engine, await anAccount(engine));
  const first = await send(null, asker);
  const second = await send(null, asker);
  const opened = (await readReceipt(visitor, first.code))!;
  expect(opened).toMatchObject({ everything: null, phone: null, requests: [{ id: first.requestId }] });
  must(await eraseByReceipt(visitor, { code: first.code }));
  expect(await rowsOf(first.requestId)).toEqual([]);
  expect(await rowsOf(second.requestId)).toHaveLength(1);
});
