import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { expect, test } from 'vitest';
import { aStaffMember, aTerritory, anAccount, must } from '../directory/directory.fixtures.ts';
import { enterForPerson } from '../trust/enter-for-person.command.ts';
import { readReceipt } from '../trust/read-receipt.query.ts';
import { changeRequest } from './change-request.command.ts';
import { moveRequest } from './move-request.command.ts';
import { DOOR_FIELDS, doorSchema, nameOfAsker, readDoor, type AssistedChannel } from './door.schema.ts';

const engine = await testDatabase();
const territoryId = await aTerritory(engine);
const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));
const visitor = contextFor(engine);

function enter(channel: AssistedChannel, { agreed = 'yes' as 'yes' | 'no', ctx = facilitator } = {}) {
  const typed = { sentence: 'Un jardin au pied de la tour', reachedBy: 'visit', name: 'Ali' };
  const read = readDoor(doorSchema, { ...Object.fromEntries(DOOR_FIELDS.map((name) => [name, ''])), ...typed });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const fields = read.value;
  return enterForPerson(ctx, {
    territoryId,
    origin: 'https://terreau.example',
    person: { name: nameOfAsker(fields), phone: null, email: null, receipt: 'paper', agreed },
    publication: { kind: 'request', door: 'idea', fields, channel, draftCode: null }
  });
}

test('somebody without telephone, e-mail or account leaves with a code that lets them read and correct', async () => {
  const { code, subjectId } = must(await enter('counter'));
  const [row, consents] = await reading(operatorContext(engine), async (tx) => [
    await tx.selectFrom('request').selectAll().where('id', '=', subjectId).executeTakeFirstOrThrow(),
    await tx
      .selectFrom('consent')
      .select('text_version')
      .where('recorded_by', '=', facilitator.actor.accountId)
      .execute()
  ]);
  expect(row).toMatchObject({
    state: 'open',
    channel: 'counter',
    typed_by: facilitator.actor.accountId,
    responsible_id: facilitator.actor.accountId
  });
  expect(consents).toContainEqual({ text_version: 'assisted-request-1' });
  const words = { sentence: 'Un jardin partagé', forWhom: null, placeWords: 'Bel-Air', expectation: null };
  must(await changeRequest(visitor, { code, requestId: subjectId, words }));
  expect((await readReceipt(visitor, code))!.requests).toMatchObject([{ words }]);
  must(await moveRequest(visitor, { territoryId, code, requestId: subjectId, move: 'withdraw', origin: 'https://t' }));
});

test('an idea heard in the street is typed with the person’s yes, by the team alone', async () => {
  expect(await enter('street', { agreed: 'no' })).toMatchObject({ code: 'agreement-missing' });
  expect(await enter('street', { ctx: contextFor(engine, await anAccount(engine)) })).toMatchObject({
    code: 'not-found'
  });
  const { subjectId } = must(await enter('street'));
  const row = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('request').selectAll().where('id', '=', subjectId).executeTakeFirstOrThrow()
  );
  expect(row).toMatchObject({ channel: 'street', typed_by: facilitator.actor.accountId });
});
