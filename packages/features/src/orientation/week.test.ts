import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { expect, test } from 'vitest';
import { aSheet, aStaffMember, aTerritory, anAccount, must } from '../directory/directory.fixtures.ts';
import { keepPromise } from './keep-promise.command.ts';
import { ownWeek } from './own-week.query.ts';
import { promiseContact } from './promise-contact.command.ts';
import { tellAnswer } from './tell-answer.command.ts';
import { anAnsweredOffer, aPromise, aStandingRequest } from './week.fixtures.ts';

const engine = await testDatabase();
const zone = 'Europe/Paris';
/** A Thursday morning. */
const now = new Date('2026-11-26T08:30:00Z');

async function aFacilitator(timeZone = zone) {
  const territoryId = await aTerritory(engine, timeZone);
  const actor = await aStaffMember(engine, territoryId);
  const ctx = contextFor(engine, actor, now);
  return { territoryId, accountId: actor.accountId as Id, ctx, week: () => ownWeek(ctx, territoryId, timeZone) };
}

test('the week holds the calls promised for today and before, the longest owed first, and none of a colleague’s', async () => {
  const { territoryId, accountId, week } = await aFacilitator();
  const colleague = await aStaffMember(engine, territoryId);
  const requestId = await aStandingRequest(engine, { territoryId, submittedAt: now, answeredAt: now });
  const mine = { territoryId, requestId, by: accountId };
  await aPromise(engine, { ...mine, on: '2026-11-26', note: 'Le code du local' });
  await aPromise(engine, { ...mine, on: '2026-11-24' });
  await aPromise(engine, { ...mine, on: '2026-11-30' });
  await aPromise(engine, { ...mine, by: colleague.accountId as Id, on: '2026-11-23' });
  await aPromise(engine, { ...mine, by: null, on: '2026-11-25' });
  const { contacts, nextContactOn } = (await week())!;
  expect(contacts.lines.map((line) => line.promisedOn)).toEqual(['2026-11-24', '2026-11-25', '2026-11-26']);
  expect(contacts.total).toBe(3);
  expect(nextContactOn).toBe('2026-11-30');
});

test('today is the day on the walls of the territory', async () => {
  const { territoryId, accountId, ctx } = await aFacilitator('Pacific/Auckland');
  const requestId = await aStandingRequest(engine, { territoryId, submittedAt: now, answeredAt: now });
  await aPromise(engine, { territoryId, requestId, by: accountId, on: '2026-11-27' });
  const evening = { ...ctx, now: new Date('2026-11-26T12:00:00Z') };
  expect((await ownWeek(evening, territoryId, 'Pacific/Auckland'))!.contacts.total).toBe(1);
  expect((await ownWeek(evening, territoryId, zone))!.contacts.total).toBe(0);
});

test('a new request says on which of the five working days it is; week-ends and holidays do not count', async () => {
  const { territoryId, accountId, week } = await aFacilitator();
  const request = (submittedAt: string, more = {}) =>
    aStandingRequest(engine, { territoryId, submittedAt: new Date(submittedAt), ...more });
  const old = await request('2026-11-20T10:00:00Z', { responsibleId: accountId });
  const older = await request('2026-11-17T10:00:00Z', { responsibleId: accountId });
  const free = await request('2026-11-25T10:00:00Z');
  await request('2026-11-25T10:00:00Z', { responsibleId: (await aStaffMember(engine, territoryId)).accountId });
  await request('2026-11-20T10:00:00Z', { responsibleId: accountId, answeredAt: now });
  await request('2026-11-20T10:00:00Z', { responsibleId: accountId, state: 'withdrawn' });
  const { requests } = (await week())!;
  expect(requests.lines.map(({ id, day, withinDays, isMine }) => ({ id, day, withinDays, isMine }))).toEqual([
    { id: older, day: 7, withinDays: 5, isMine: true },
    { id: old, day: 4, withinDays: 5, isMine: true },
    { id: free, day: 1, withinDays: 5, isMine: false }
  ]);
});

test('a call promised for today takes the request out of the new ones; of two who promise at once, one is told', async () => {
  const { territoryId, accountId, ctx, week } = await aFacilitator();
  await aStandingRequest(engine, { territoryId, submittedAt: new Date('2026-11-24T10:00:00Z') });
  const { id: requestId, version } = (await week())!.requests.lines[0]!;
  const promise = { territoryId, requestId, version, kind: 'call', on: '2026-11-26', note: null };
  must(await promiseContact(ctx, promise));
  expect(await promiseContact(ctx, promise)).toMatchObject({ code: 'moved-meanwhile' });
  const { contacts, requests } = (await week())!;
  expect(requests.total).toBe(0);
  expect(contacts.lines).toMatchObject([{ requestId, kind: 'call', promisedOn: '2026-11-26', person: 'Samira' }]);
  expect(await stateOf(requestId)).toMatchObject({ responsible_id: accountId, answered_at: null });
});

test('a call that was made answers the person and leaves the week', async () => {
  const { territoryId, accountId, ctx, week } = await aFacilitator();
  const requestId = await aStandingRequest(engine, { territoryId, submittedAt: new Date('2026-11-24T10:00:00Z') });
  const contactId = await aPromise(engine, { territoryId, by: accountId, on: '2026-11-25', requestId });
  must(await keepPromise(ctx, { territoryId, requestId, contactId, outcome: 'reached' }));
  expect((await week())!).toMatchObject({ contacts: { total: 0 }, requests: { total: 0 } });
  expect(await stateOf(requestId)).toMatchObject({ answered_at: now });
});

test('what a partner answered waits until the person has been told', async () => {
  const { territoryId, accountId, ctx, week } = await aFacilitator();
  const submittedAt = new Date('2026-11-18T10:00:00Z');
  const standing = { territoryId, submittedAt, responsibleId: accountId, answeredAt: submittedAt, state: 'accepted' };
  const requestId = await aStandingRequest(engine, standing);
  const organizationId = await aSheet(engine, territoryId, { name: 'La Ressourcerie' });
  const offer = { territoryId, requestId, organizationId, state: 'accepted', answeredAt: now } as const;
  const offerId = await anAnsweredOffer(engine, offer);
  expect((await week())!.answers.lines).toMatchObject([{ offerId, partner: 'La Ressourcerie', state: 'accepted' }]);
  must(await tellAnswer(ctx, { territoryId, offerId }));
  expect((await week())!.answers.total).toBe(0);
  expect(await tellAnswer(ctx, { territoryId, offerId })).toMatchObject({ code: 'not-found' });
});

test('the next meeting stands alone, and a past one is not shown', async () => {
  const { territoryId, accountId, week } = await aFacilitator();
  await aPromise(engine, { territoryId, by: accountId, on: '2026-11-20', kind: 'meeting' });
  await aPromise(engine, { territoryId, by: accountId, on: '2026-12-03', kind: 'meeting', note: 'Point d’étape' });
  await aPromise(engine, { territoryId, by: accountId, on: '2026-11-30', kind: 'meeting', note: 'Premier café' });
  const found = (await week())!;
  expect(found.meeting).toMatchObject({ on: '2026-11-30', note: 'Premier café' });
  expect(found.contacts.total).toBe(0);
});

test('nobody else has a week, nor tells what was answered', async () => {
  const { territoryId } = await aFacilitator();
  const offerId = newId();
  const others = [
    contextFor(engine, undefined, now),
    contextFor(engine, await anAccount(engine), now),
    contextFor(engine, await aStaffMember(engine, await aTerritory(engine)), now)
  ];
  for (const ctx of others) {
    expect(await ownWeek(ctx, territoryId, zone)).toBeNull();
    expect(await tellAnswer(ctx, { territoryId, offerId })).toMatchObject({ code: 'not-found' });
  }
});

function stateOf(requestId: Id) {
  return reading(operatorContext(engine), (tx) =>
    tx.selectFrom('request').selectAll().where('id', '=', requestId).executeTakeFirstOrThrow()
  );
}
