import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aStaffMember, aTerritory, anAccount, must, sentMessages } from '../directory/directory.fixtures.ts';
import { hashOfReceipt } from '../trust/receipt-code.ts';
import { doorSchema, DOOR_FIELDS, readDoor, type DoorFields } from './door.schema.ts';
import { submitRequest } from './submit-request.command.ts';

const engine = await testDatabase();
/** A Monday morning. */
const monday = new Date('2026-11-23T09:00:00Z');
const visitor = contextFor(engine, undefined, monday);
let hosts = 0;

const typed = (values: Record<string, string> = {}): Record<string, string> => ({
  ...Object.fromEntries(DOOR_FIELDS.map((name) => [name, ''])),
  sentence: 'Un atelier pour réparer les vélos',
  phone: '06 12 34 56 78',
  ...values
});
function fields(values: Record<string, string> = {}): DoorFields {
  const read = readDoor(doorSchema, typed(values));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}
const submit = (territoryId: Id, values: Record<string, string> = {}, ctx = visitor) =>
  submitRequest(ctx, {
    territoryId,
    door: 'idea',
    fields: fields(values),
    draftCode: null,
    address: `203.0.113.${(hosts += 1)}`,
    origin: 'https://terreau.example'
  });
const requestOf = (id: Id) =>
  reading(operatorContext(engine), (tx) =>
    tx.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  );

test('a sentence and a telephone are enough; a visit asks for a first name; nothing else is asked', () => {
  const problemsOf = (values: Record<string, string>) => {
    const read = readDoor(doorSchema, typed(values));
    return read.ok ? {} : read.problems;
  };
  expect(problemsOf({})).toEqual({});
  expect(problemsOf({ sentence: ' ' })).toEqual({ sentence: 'missing' });
  expect(problemsOf({ phone: '' })).toEqual({ phone: 'phone-missing' });
  expect(problemsOf({ phone: 'demain' })).toEqual({ phone: 'malformed-phone' });
  expect(problemsOf({ phone: '', reachedBy: 'visit' })).toEqual({ name: 'name-missing' });
  expect(problemsOf({ phone: '', reachedBy: 'visit', name: 'Nour' })).toEqual({});
  expect(problemsOf({ phone: '', reachedBy: 'visit', name: 'Nour', receipt: 'sms' })).toEqual({
    phone: 'phone-missing'
  });
  expect(problemsOf({ sentence: 'a'.repeat(501) })).toEqual({ sentence: 'too-long' });
  expect(fields({ visibility: 'everybody' }).visibility).toBe('facilitators');
});

test('somebody without an account is told who answers and before when, and leaves with a code', async () => {
  const territoryId = await aTerritory(engine);
  const { accountId } = await aFacilitator(territoryId);
  const sent = must(await submit(territoryId, { placeWords: 'vers les Tilleuls' }));
  expect(sent.answerDueAt.toISOString()).toBe('2026-11-30T16:00:00.000Z');
  expect(await requestOf(sent.requestId)).toMatchObject({
    state: 'moderation',
    channel: 'page',
    visibility: 'facilitators',
    responsible_id: accountId,
    code_hash: hashOfReceipt(sent.code),
    typed_by: null,
    answered_at: null
  });
  const moves = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('request_move').selectAll().where('request_id', '=', sent.requestId).execute()
  );
  expect(moves).toMatchObject([{ move: 'submit', from_state: 'draft', to_state: 'moderation', moved_as: 'person' }]);
});

test('the delay counts the working days of the place, on its own clocks', async () => {
  const strasbourg = await aTerritory(engine);
  const cayenne = await aTerritory(engine, 'America/Cayenne');
  await areaOf(strasbourg, '67482');
  const beforeGoodFriday = contextFor(engine, undefined, new Date('2026-04-01T08:00:00Z'));
  const due = async (territoryId: Id) =>
    must(await submit(territoryId, {}, beforeGoodFriday)).answerDueAt.toISOString();
  // Good Friday is worked in Cayenne and not in Strasbourg; Easter Monday nowhere.
  expect(await due(strasbourg)).toBe('2026-04-10T15:00:00.000Z');
  expect(await due(cayenne)).toBe('2026-04-09T20:00:00.000Z');
});

test('requests are shared out: whoever has fewest open ones answers the next', async () => {
  const territoryId = await aTerritory(engine);
  const team = [await aFacilitator(territoryId), await aFacilitator(territoryId)].map((one) => one.accountId);
  const asked: (string | null)[] = [];
  for (let n = 0; n < 4; n += 1) {
    asked.push((await requestOf(must(await submit(territoryId)).requestId)).responsible_id);
  }
  expect(asked.toSorted()).toEqual([...team, ...team].toSorted());
});

test('the code goes by text message when it is asked for, three times a day at most to one telephone', async () => {
  const territoryId = await aTerritory(engine);
  const wish = { receipt: 'sms', phone: '06 98 00 00 01' };
  const { code } = must(await submit(territoryId, wish));
  const [message] = await sentMessages(engine, '+33698000001');
  expect(message!.body_text).toContain(code);
  expect(message!.body_text).toContain('lundi 30 novembre à 17 h');
  must(await submit(territoryId, wish));
  must(await submit(territoryId, wish));
  expect(await submit(territoryId, wish)).toMatchObject({ code: 'too-many-attempts' });
});

test('who has an account asks as themselves; nobody else without a role reads it', async () => {
  const territoryId = await aTerritory(engine);
  const asker = contextFor(engine, await anAccount(engine), monday);
  const other = contextFor(engine, await anAccount(engine), monday);
  const facilitator = contextFor(engine, await aStaffMember(engine, territoryId), monday);
  const { requestId } = must(await submit(territoryId, {}, asker));
  const seen = (ctx: typeof asker) =>
    reading(ctx, (tx) => tx.selectFrom('request').select('id').where('id', '=', requestId).execute());
  expect(await seen(asker)).toHaveLength(1);
  expect(await seen(facilitator)).toHaveLength(1);
  expect(await seen(other)).toHaveLength(0);
  expect(await seen(visitor)).toHaveLength(0);
});

test('a closed territory takes no request', async () => {
  const territoryId = await aTerritory(engine);
  await operate((tx) => tx.updateTable('territory').set({ closed_at: monday }).where('id', '=', territoryId).execute());
  expect(await submit(territoryId)).toMatchObject({ code: 'not-found' });
});

type Write = Parameters<typeof transaction>[2];
async function operate(work: (tx: Parameters<Write>[0]) => Promise<unknown>): Promise<void> {
  must(await transaction(operatorContext(engine), 'prepare', async (tx) => accept(await work(tx))));
}

async function areaOf(territoryId: Id, code: string): Promise<void> {
  const row = { territory_id: territoryId, kind: 'commune', code, name: 'Commune' };
  await operate((tx) => tx.insertInto('territory_area').values(row).execute());
}

async function aFacilitator(territoryId: Id) {
  const actor = await aStaffMember(engine, territoryId);
  const row = { account_id: actor.accountId, role: 'facilitator', territory_id: territoryId };
  await operate((tx) => tx.insertInto('role_grant').values(row).execute());
  return actor;
}
