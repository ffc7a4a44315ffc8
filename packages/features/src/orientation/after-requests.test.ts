import { VISITOR } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { plusDays } from '@terreau/kernel/instants';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aSheet, aTerritory, anAccount, must, sentMessages } from '../directory/directory.fixtures.ts';
import { answerOffer } from './answer-offer.command.ts';
import { findAnswerRates } from './answer-rates.query.ts';
import { answerSurvey } from './answer-survey.command.ts';
import { findReply } from './find-reply.query.ts';
import { findRequest } from './find-request.query.ts';
import { findSurvey } from './find-survey.query.ts';
import { followRequests } from './follow-requests.command.ts';
import { keepPromise } from './keep-promise.command.ts';
import { listRequests, REQUESTS_PAGE_ROWS } from './list-requests.query.ts';
import { moveRequest } from './move-request.command.ts';
import { offerRequest } from './offer-request.command.ts';
import { promiseContact } from './promise-contact.command.ts';
import { renewReplyLink } from './renew-reply-link.command.ts';
import { aRequest, aTeamMember, ORIGIN, promiseRows, requestRow, tokenSentTo } from './requests.fixtures.ts';
import { findUnmetNeeds } from './unmet-needs.query.ts';

const engine = await testDatabase();
const now = new Date('2026-03-02T10:00:00Z');
const territoryId = await aTerritory(engine);
const facilitator = await aTeamMember(engine, territoryId, 'facilitator');
const team = (at = now) => contextFor(engine, facilitator, at);
const visitor = (at = now) => contextFor(engine, VISITOR, at);
const follow = async (at: Date) => must(await followRequests(operatorContext(engine, at), { origin: ORIGIN }));
const close = async (requestId: string, at = now) =>
  must(
    await moveRequest(team(at), {
      territoryId,
      requestId,
      move: 'close',
      reason: 'answered',
      nextStep: 'À jeudi.',
      origin: ORIGIN
    })
  );

async function anOffer(at = now, sharedFields = ['sentence', 'phone']) {
  const email = `structure-${Math.random()}@example.org`;
  const organizationId = await aSheet(engine, territoryId, { name: `Structure ${Math.random()}`, email });
  const request = await aRequest(engine, territoryId, at);
  const offered = { territoryId, requestId: request.id, recipients: [{ organizationId }], sharedFields, message: null };
  must(await offerRequest(team(at), { ...offered, agreement: 'oral', origin: ORIGIN }));
  return { request, email, organizationId, token: await tokenSentTo(engine, email, '/replies/') };
}

test('a week after the end three questions leave by a link that serves once', async () => {
  const request = await aRequest(engine, territoryId, now, { email: 'nadia@example.org' });
  await close(request.id);
  await follow(plusDays(now, 6));
  expect((await sentMessages(engine, 'nadia@example.org')).map((sent) => sent.template)).toEqual(['request-closed']);
  await follow(plusDays(now, 7));
  const token = await tokenSentTo(engine, 'nadia@example.org', '/surveys/');
  const later = plusDays(now, 8);
  expect(await findSurvey(visitor(later), token)).toMatchObject({ territory: 'Valbrune' });
  const answer = (wasContacted: string, wasUseful = '') =>
    answerSurvey(visitor(later), { by: { token }, wasContacted, wasUseful, whatCame: 'Un local prêté.' });
  expect(await answer('')).toMatchObject({ code: 'contacted-missing' });
  expect(await answer('yes')).toMatchObject({ code: 'useful-missing' });
  must(await answer('yes', 'yes'));
  expect(await answer('no')).toMatchObject({ code: 'link-used' });
  expect(await findSurvey(visitor(later), token)).toBe('used');
  expect(await findRequest(team(later), { territoryId, requestId: request.id })).toMatchObject({
    survey: { wasContacted: 'yes', wasUseful: 'yes', whatCame: 'Un local prêté.' }
  });
});

test('whoever reads no message is asked by somebody of the team, who types the answers; nobody else may', async () => {
  const request = await aRequest(engine, territoryId, now, { reachedBy: 'visit' });
  await close(request.id);
  const by = { territoryId, requestId: request.id };
  const answers = { by, wasContacted: 'not-yet', wasUseful: '', whatCame: null };
  expect(await answerSurvey(team(), answers)).toMatchObject({ code: 'not-asked-yet' });
  await follow(plusDays(now, 7));
  const written = await aRequest(engine, territoryId, now);
  await close(written.id);
  await follow(plusDays(now, 8));
  const toAsk = async (days: number) =>
    (await listRequests(team(plusDays(now, days)), { territoryId, list: 'to-ask' }))!.requests.map(({ id }) => id);
  expect(await toAsk(9)).toEqual([request.id]);
  expect(await toAsk(80)).toEqual([]);
  expect(await answerSurvey(contextFor(engine, await anAccount(engine), now), answers)).toMatchObject({
    code: 'not-found'
  });
  must(await answerSurvey(team(plusDays(now, 9)), answers));
  expect(await toAsk(10)).toEqual([]);
});

test('a partner reads what was listed and nothing else; nothing at all once the link is over or the agreement is taken back', async () => {
  const { token, email, request } = await anOffer();
  expect((await findReply(visitor(), token))?.lines.map((line) => line.field)).toEqual(['sentence', 'phone']);
  expect(await findReply(visitor(plusDays(now, 9)), token)).toMatchObject({ link: 'expired', lines: [] });
  must(await renewReplyLink(visitor(plusDays(now, 9)), { token, origin: ORIGIN }));
  expect(await renewReplyLink(visitor(plusDays(now, 9)), { token, origin: ORIGIN })).toMatchObject({
    code: 'just-sent'
  });
  const fresh = await tokenSentTo(engine, email, '/replies/');
  expect(fresh).not.toBe(token);
  must(
    await transaction(operatorContext(engine), 'withdraw-consent', async (tx) => {
      await tx.updateTable('consent').set({ withdrawn_at: now }).where('person_id', '=', request.personId).execute();
      return accept();
    })
  );
  expect(await findReply(visitor(plusDays(now, 9)), fresh)).toMatchObject({ state: 'taken-back', lines: [] });
  expect(await findReply(visitor(), 'B'.repeat(32))).toBeNull();
});

test('a promise names a day to come, rests the request until then, and kept it is an answer', async () => {
  const request = await aRequest(engine, territoryId, now);
  const promise = (on: string, kind = 'call') =>
    promiseContact(team(), { territoryId, requestId: request.id, kind, on, note: null });
  expect(await promise('2026-03-01')).toMatchObject({ code: 'promise-date-passed' });
  expect(await promise('2027-03-01')).toMatchObject({ code: 'promise-date-too-far' });
  expect(await promise('jeudi')).toMatchObject({ code: 'promise-date-missing' });
  expect(await promise('2026-03-05', 'cadeau')).toMatchObject({ code: 'kind-missing' });
  must(await promise('2026-03-05'));
  const [row] = await promiseRows(engine, request.id);
  const keep = (outcome: string) =>
    keepPromise(team(plusDays(now, 3)), { territoryId, requestId: request.id, contactId: row!.id, outcome });
  expect(await keep('peut-être')).toMatchObject({ code: 'reason-missing' });
  must(await keep('reached'));
  expect(await keep('reached')).toMatchObject({ code: 'already-kept' });
  expect(await requestRow(engine, request.id)).toMatchObject({
    answered_at: plusDays(now, 3),
    responsible_id: facilitator.accountId
  });
});

test('whoever takes their request back is called by nobody, and nobody is reminded of the call; a silence of a month is told to the team', async () => {
  const email = await emailOf(facilitator.accountId!);
  const written = async (id: string) =>
    (await sentMessages(engine, email))
      .filter(({ body_text }) => body_text.includes(id))
      .map(({ template }) => template);
  const [back, silent] = [await aRequest(engine, territoryId, now), await aRequest(engine, territoryId, now)];
  for (const { id } of [back, silent]) {
    must(await promiseContact(team(), { territoryId, requestId: id, kind: 'call', on: '2026-03-03', note: null }));
  }
  const move = { territoryId, requestId: back.id, move: 'withdraw', code: back.code, origin: ORIGIN } as const;
  must(await moveRequest(visitor(), move));
  expect(await promiseRows(engine, back.id)).toMatchObject([{ outcome: 'cancelled' }]);
  const [promise] = await promiseRows(engine, silent.id);
  const kept = { territoryId, requestId: silent.id, contactId: promise!.id, outcome: 'reached' };
  must(await keepPromise(team(plusDays(now, 1)), kept));
  for (let day = 1; day <= 32; day += 1) await follow(plusDays(now, day));
  expect(await written(back.id)).toEqual(['request-withdrawn']);
  expect(await written(silent.id)).toEqual(['request-owed', 'request-owed', 'request-closed-idle']);
  const first = (await sentMessages(engine, email)).find(({ body_text }) => body_text.includes(silent.id));
  expect(first?.body_text).toContain('elle se clôt d’elle-même le 2 avril 2026');
});

async function emailOf(accountId: string): Promise<string> {
  const { email } = await reading(operatorContext(engine), (tx) =>
    tx.selectFrom('account').select('email').where('id', '=', accountId).executeTakeFirstOrThrow()
  );
  return email;
}

test('the list of the team is read page after page without gap or repeat, and nobody else reads it', async () => {
  const elsewhere = await aTerritory(engine);
  const member = await aTeamMember(engine, elsewhere, 'facilitator');
  for (let n = 0; n < REQUESTS_PAGE_ROWS + 2; n += 1) await aRequest(engine, elsewhere, now);
  const ctx = contextFor(engine, member, now);
  const first = await listRequests(ctx, { territoryId: elsewhere, list: 'live' });
  const second = await listRequests(ctx, { territoryId: elsewhere, list: 'live', after: first!.next! });
  const ids = [...first!.requests, ...second!.requests].map((row) => row.id);
  expect(first).toMatchObject({ total: REQUESTS_PAGE_ROWS + 2 });
  expect(new Set(ids).size).toBe(REQUESTS_PAGE_ROWS + 2);
  expect(await listRequests(team(), { territoryId: elsewhere, list: 'live' })).toBeNull();
  expect(await findRequest(team(), { territoryId: elsewhere, requestId: ids[0]! })).toBeNull();
});

test('rates have their denominators, come by name, hide what is small, and are public only where the territory says so', async () => {
  const place = { id: territoryId, name: 'Valbrune' };
  const zenith = await anOffer();
  for (let n = 0; n < 5; n += 1) {
    const request = await aRequest(engine, territoryId, now);
    const recipients = [{ organizationId: zenith.organizationId }];
    const offered = { territoryId, requestId: request.id, recipients, sharedFields: ['sentence'], message: null };
    const [offerId] = must(await offerRequest(team(), { ...offered, agreement: 'oral', origin: ORIGIN }));
    const by = { territoryId, requestId: request.id, offerId: offerId! };
    if (n > 0)
      must(await answerOffer(team(plusDays(now, n)), { by, answer: 'refuse', reason: 'full', origin: ORIGIN }));
  }
  const later = plusDays(now, 40);
  expect(await findAnswerRates(visitor(later), place)).toBeNull();
  const rates = (await findAnswerRates(team(later), place))!;
  const shown = rates.structures.filter((rate) => rate.asked !== null);
  expect(shown).toMatchObject([{ asked: 6, answered: 4, medianDays: null }]);
  expect(rates.structures.map((rate) => rate.name)).toEqual(
    rates.structures.map((rate) => rate.name).toSorted((a, b) => a.localeCompare(b, 'fr'))
  );
  must(
    await transaction(operatorContext(engine), 'change-setting', async (tx) => {
      const row = { territory_id: territoryId, key: 'answers-are-public', value: JSON.stringify(true) };
      await tx.insertInto('territory_setting').values(row).execute();
      return accept();
    })
  );
  expect(await findAnswerRates(visitor(later), place)).toMatchObject({ isPublic: true, structures: rates.structures });
});

test('unmet needs count what found nobody, by theme and neighbourhood, and hide what is small', async () => {
  const elsewhere = await aTerritory(engine);
  const member = await aTeamMember(engine, elsewhere, 'facilitator');
  const unmet = async (theme: string, times: number) => {
    for (let n = 0; n < times; n += 1) await aRequest(engine, elsewhere, now, { themes: [theme] });
  };
  await unmet('mobilite', 7);
  await unmet('numerique', 6);
  await unmet('sante', 2);
  const ctx = (at: Date) => contextFor(engine, member, at);
  expect(await findUnmetNeeds(ctx(plusDays(now, 29)), elsewhere)).toMatchObject({ unmet: 0, received: 15 });
  const needs = (await findUnmetNeeds(ctx(plusDays(now, 31)), elsewhere))!;
  expect(needs).toMatchObject({ unmet: 15, received: 15, themes: ['mobilite', 'numerique', 'sante'] });
  expect(needs.table.cells.flat()).not.toContain(2);
  expect(needs.table.rowTotals).not.toContain(2);
  expect(await findUnmetNeeds(team(), elsewhere)).toBeNull();
});
