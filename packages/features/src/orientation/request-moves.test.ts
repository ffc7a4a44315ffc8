import { VISITOR } from '@terreau/database/context';
import { contextFor, onServer, testDatabase } from '@terreau/database/testing';
import { plusDays } from '@terreau/kernel/instants';
import { expect, test } from 'vitest';
import { aSheet, aTerritory, anAccount, must, sentMessages } from '../directory/directory.fixtures.ts';
import { answerOffer } from './answer-offer.command.ts';
import { handOverRequest } from './hand-over-request.command.ts';
import { moveRequest, type MoveRequest, type PlainMove } from './move-request.command.ts';
import { offerRequest } from './offer-request.command.ts';
import type { OfferAnswer } from './request-life.rules.ts';
import {
  aRequest,
  aTeamMember,
  moveRows,
  offerRows,
  ORIGIN,
  promiseRows,
  requestRow,
  tokenSentTo
} from './requests.fixtures.ts';
import { withdrawOffer } from './withdraw-offer.command.ts';

const engine = await testDatabase();
const now = new Date('2026-03-02T10:00:00Z');
const territoryId = await aTerritory(engine);
const facilitator = await aTeamMember(engine, territoryId, 'facilitator');
const coordinator = await aTeamMember(engine, territoryId, 'coordinator');
const stranger = await anAccount(engine);
const as = (actor: typeof facilitator, at = now) => contextFor(engine, actor, at);
const visitor = contextFor(engine, VISITOR, now);

const move = (actor: typeof facilitator, requestId: string, what: PlainMove, more: Partial<MoveRequest> = {}) =>
  moveRequest(as(actor), { territoryId, requestId, move: what, origin: ORIGIN, ...more });

let count = 0;
async function aStructure(name: string) {
  count += 1;
  const email = `structure-${count}@example.org`;
  const id = await aSheet(engine, territoryId, { name: `${name} ${count}`, email });
  const member = await anAccount(engine, 'verified', [
    { role: 'organization-member', territoryId, organizationId: id }
  ]);
  return { id, email, member };
}

const offerTo = (requestId: string, ...organizationIds: string[]) =>
  offerRequest(as(facilitator), {
    territoryId,
    requestId,
    recipients: organizationIds.map((organizationId) => ({ organizationId })),
    sharedFields: ['sentence', 'place'],
    agreement: 'phone',
    message: null,
    origin: ORIGIN
  });

const byLink = (token: string, answer: OfferAnswer, more: { reason?: string } = {}) =>
  answerOffer(visitor, { by: { token }, answer, origin: ORIGIN, ...more });

test('a request is taken, answered, closed with a next step; each step has its author and its date', async () => {
  const request = await aRequest(engine, territoryId, now);
  must(await move(facilitator, request.id, 'take'));
  must(await move(facilitator, request.id, 'answer', { reason: 'by-phone', note: 'Rappelée' }));
  must(
    await move(facilitator, request.id, 'close', { reason: 'oriented', nextStep: 'La recyclerie vous attend jeudi.' })
  );
  expect(await moveRows(engine, request.id)).toMatchObject([
    { move: 'take', from_state: 'open', to_state: 'open', moved_by: facilitator.accountId, moved_as: 'team' },
    { move: 'answer', reason: 'by-phone', moved_at: now },
    { move: 'close', from_state: 'open', to_state: 'closed', reason: 'oriented' }
  ]);
  expect(await requestRow(engine, request.id)).toMatchObject({
    state: 'closed',
    version: 4,
    answered_at: now,
    responsible_id: facilitator.accountId,
    next_step: 'La recyclerie vous attend jeudi.'
  });
  const told = (await sentMessages(engine, 'samia@example.org')).at(-1);
  expect(told?.body_text).toContain('La recyclerie vous attend jeudi.');
});

test('of two people who act at once, the second is told what happened and changes nothing', async () => {
  const request = await aRequest(engine, territoryId, now);
  const { version } = await requestRow(engine, request.id);
  must(await move(facilitator, request.id, 'take', { version }));
  expect(
    await move(coordinator, request.id, 'close', { version, reason: 'answered', nextStep: 'Rien.' })
  ).toMatchObject({
    ok: false,
    code: 'moved-meanwhile',
    details: { move: 'take', by: 'team', state: 'open' }
  });
  expect(await requestRow(engine, request.id)).toMatchObject({ state: 'open', responsible_id: facilitator.accountId });
});

test('absent, elsewhere and forbidden answer alike', async () => {
  const request = await aRequest(engine, territoryId, now);
  const elsewhere = await aTerritory(engine);
  expect(await move(stranger, request.id, 'take')).toMatchObject({ code: 'not-found' });
  expect(await move(facilitator, territoryId, 'take')).toMatchObject({ code: 'not-found' });
  expect(await move(facilitator, request.id, 'take', { territoryId: elsewhere })).toMatchObject({ code: 'not-found' });
  expect(
    await moveRequest(visitor, { territoryId, requestId: request.id, move: 'withdraw', origin: ORIGIN, code: 'AAAA' })
  ).toMatchObject({
    code: 'not-found'
  });
});

test('the person withdraws and reopens their request with the code of their receipt alone', async () => {
  const request = await aRequest(engine, territoryId, now, { responsibleId: facilitator.accountId });
  const withCode = (what: PlainMove) =>
    moveRequest(visitor, { territoryId, requestId: request.id, move: what, origin: ORIGIN, code: request.code });
  must(await withCode('withdraw'));
  must(await withCode('reopen'));
  expect(await withCode('approve')).toMatchObject({ code: 'move-for-team' });
  expect((await moveRows(engine, request.id)).map((row) => [row.move, row.moved_as, row.moved_by])).toEqual([
    ['withdraw', 'person', null],
    ['reopen', 'person', null]
  ]);
  expect((await sentMessages(engine, facilitator.email)).map((sent) => sent.template)).toContain('request-reopened');
});

test('a moderated request is approved, or declined with what comes next; spam gets no word', async () => {
  const kind = await aRequest(engine, territoryId, now, { state: 'moderation', email: 'kind@example.org' });
  const spam = await aRequest(engine, territoryId, now, { state: 'moderation', email: 'spam@example.org' });
  expect(await offerTo(kind.id, (await aStructure('Le Fil')).id)).toMatchObject({ code: 'request-is-moderation' });
  expect(await move(facilitator, kind.id, 'decline', { reason: 'out-of-scope' })).toMatchObject({
    code: 'next-step-missing'
  });
  must(await move(facilitator, kind.id, 'decline', { reason: 'out-of-scope', nextStep: 'La mairie répond à cela.' }));
  must(await move(facilitator, spam.id, 'decline', { reason: 'spam', nextStep: 'Rien.' }));
  expect(await sentMessages(engine, 'kind@example.org')).toHaveLength(1);
  expect(await sentMessages(engine, 'spam@example.org')).toHaveLength(0);
});

test('an actor who has a mobile number and no address is asked by text message, and answers by its link', async () => {
  const request = await aRequest(engine, territoryId, now, { responsibleId: facilitator.accountId });
  const id = await aSheet(engine, territoryId, { name: 'Le Vélo du marché', email: '', phone: '06 12 98 55 01' });
  must(await offerTo(request.id, id));
  const [sent] = await sentMessages(engine, '+33612985501');
  expect(sent).toMatchObject({ channel: 'sms', template: 'request-offer' });
  expect(sent!.body_text).toContain(
    'pouvez-vous aider une personne ? Lire et répondre oui ou non par ce lien, pas par SMS'
  );
  const { nextToken } = must(await byLink(await tokenSentTo(engine, '+33612985501', '/replies/'), 'accept'));
  expect(nextToken).toBe(await tokenSentTo(engine, '+33612985501', '/replies/'));
  expect(await requestRow(engine, request.id)).toMatchObject({ state: 'accepted' });
});

test('a landline receives no text message: whoever answers for the request is to call', async () => {
  const request = await aRequest(engine, territoryId, now, { responsibleId: facilitator.accountId });
  const id = await aSheet(engine, territoryId, { name: 'La Loge du gardien', email: '', phone: '04 65 71 55 02' });
  must(await offerTo(request.id, id));
  expect(await sentMessages(engine, '+33465715502')).toEqual([]);
});

test('an actor without an account answers by the link of a mail, once; a yes brings the link that follows it', async () => {
  const request = await aRequest(engine, territoryId, now, { responsibleId: facilitator.accountId });
  const structure = await aStructure('La Recyclerie');
  must(await offerTo(request.id, structure.id));
  const token = await tokenSentTo(engine, structure.email, '/replies/');
  const { nextToken } = must(await byLink(token, 'accept'));
  expect(await byLink(token, 'give-back', { reason: 'full' })).toMatchObject({ code: 'link-used' });
  expect(nextToken).toBe(await tokenSentTo(engine, structure.email, '/replies/'));
  expect(await requestRow(engine, request.id)).toMatchObject({ state: 'accepted', answered_at: now });
  expect((await sentMessages(engine, 'samia@example.org')).at(-1)?.body_text).toContain('La Recyclerie');
  must(await byLink(nextToken!, 'done'));
  expect(await requestRow(engine, request.id)).toMatchObject({ state: 'done' });
  expect((await moveRows(engine, request.id)).map((row) => row.moved_as)).toEqual(['team', 'partner', 'partner']);
});

test('a link lasts eight days, and a word from a stranger opens nothing', async () => {
  const request = await aRequest(engine, territoryId, now);
  const structure = await aStructure('Tard');
  must(await offerTo(request.id, structure.id));
  const token = await tokenSentTo(engine, structure.email, '/replies/');
  const answer = (at: Date, text: string) =>
    answerOffer(contextFor(engine, VISITOR, at), { by: { token: text }, answer: 'accept', origin: ORIGIN });
  expect(await answer(plusDays(now, 8), token)).toMatchObject({ code: 'link-expired' });
  expect(await answer(now, 'A'.repeat(32))).toMatchObject({ code: 'link-unknown' });
  must(await answer(new Date(plusDays(now, 8).getTime() - 1), token));
});

test('of several actors the first who accepts has it; the others are told and can do nothing more', async () => {
  const request = await aRequest(engine, territoryId, now, { reachedBy: 'sms', phone: '+33611111111' });
  const [first, second] = [await aStructure('Un'), await aStructure('Deux')];
  must(await offerTo(request.id, first.id, second.id));
  const late = await tokenSentTo(engine, second.email, '/replies/');
  must(await byLink(await tokenSentTo(engine, first.email, '/replies/'), 'accept'));
  expect(await byLink(late, 'accept')).toMatchObject({ code: 'already-accepted' });
  expect((await offerRows(engine, request.id)).map((offer) => [offer.organization_id, offer.state])).toEqual(
    expect.arrayContaining([
      [first.id, 'accepted'],
      [second.id, 'withdrawn']
    ])
  );
  expect((await sentMessages(engine, second.email)).map((sent) => sent.template)).toContain('request-offer-withdrawn');
  expect(await sentMessages(engine, '+33611111111')).toHaveLength(1);
});

test('a refusal has a reason, and brings the request back once nobody else is being asked', async () => {
  const request = await aRequest(engine, territoryId, now);
  const [first, second] = [await aStructure('Un'), await aStructure('Deux')];
  must(await offerTo(request.id, first.id, second.id));
  const refuse = async (email: string, reason?: string) =>
    byLink(await tokenSentTo(engine, email, '/replies/'), 'refuse', reason ? { reason } : {});
  expect(await refuse(first.email)).toMatchObject({ code: 'reason-missing' });
  expect(must(await refuse(first.email, 'full')).state).toBe('offered');
  expect(must(await refuse(second.email, 'out-of-area')).state).toBe('open');
});

test('a member answers for their own structure only, and reads no other request', async () => {
  const request = await aRequest(engine, territoryId, now);
  const [mine, other] = [await aStructure('Mienne'), await aStructure('Autre')];
  must(await offerTo(request.id, mine.id, other.id));
  const offers = await offerRows(engine, request.id);
  const offerOf = (structure: { id: string }) => offers.find((offer) => offer.organization_id === structure.id)!.id;
  const answer = (offerId: string) =>
    answerOffer(as(mine.member), {
      by: { territoryId, requestId: request.id, offerId },
      answer: 'accept',
      origin: ORIGIN
    });
  expect(await answer(offerOf(other))).toMatchObject({ code: 'not-found' });
  expect(await move(mine.member, request.id, 'take')).toMatchObject({ code: 'move-for-team' });
  must(await answer(offerOf(mine)));
});

test('nothing is shared without the person’s agreement, which is dated and tells which text was read out', async () => {
  const request = await aRequest(engine, territoryId, now);
  const structure = await aStructure('Curieuse');
  const offer = (more: object) =>
    offerRequest(as(facilitator), {
      territoryId,
      requestId: request.id,
      recipients: [{ organizationId: structure.id }],
      sharedFields: ['sentence'],
      agreement: null,
      message: null,
      origin: ORIGIN,
      ...more
    });
  expect(await offer({})).toMatchObject({ code: 'consent-missing' });
  expect(await offer({ sharedFields: [], agreement: 'oral' })).toMatchObject({ code: 'nothing-shared' });
  expect(await offer({ sharedFields: ['voice'], agreement: 'oral' })).toMatchObject({ code: 'field-not-shareable' });
  must(await offer({ agreement: 'oral' }));
  const [row] = await offerRows(engine, request.id);
  expect(row).toMatchObject({ shared_fields: ['sentence'], consent_id: expect.any(String) });
  const open = await aRequest(engine, territoryId, now, { visibility: 'partners' });
  must(await offer({ requestId: open.id }));
  const again = { requestId: open.id, recipients: [{ organizationId: (await aStructure('Autre')).id }] };
  expect(await offer({ ...again, sharedFields: ['sentence', 'phone'] })).toMatchObject({ code: 'consent-missing' });
});

test('a hand-over shares a way to reach the person, is acknowledged, and the person is told who takes it from here', async () => {
  const request = await aRequest(engine, territoryId, now, { email: 'karim@example.org' });
  const structure = await aStructure('Mission locale');
  const handOver = (sharedFields: string[]) =>
    handOverRequest(as(facilitator), {
      territoryId,
      requestId: request.id,
      recipient: { organizationId: structure.id },
      sharedFields,
      agreement: 'oral',
      message: 'Bonjour, voici la suite.',
      origin: ORIGIN
    });
  expect(await handOver(['sentence'])).toMatchObject({ code: 'contact-not-shared' });
  must(await handOver(['sentence', 'name', 'phone']));
  must(await byLink(await tokenSentTo(engine, structure.email, '/replies/'), 'accept'));
  const told = (await sentMessages(engine, 'karim@example.org')).at(-1);
  expect(told).toMatchObject({ template: 'request-handed-over', body_text: expect.stringContaining('Mission locale') });
  expect((await offerRows(engine, request.id))[0]).toMatchObject({ kind: 'hand-over', person_told_at: now });
});

test('whoever reads no message is promised a call on the next working day', async () => {
  const friday = new Date('2026-03-06T10:00:00Z');
  const request = await aRequest(engine, territoryId, friday, {
    reachedBy: 'phone',
    responsibleId: facilitator.accountId
  });
  const answered = {
    territoryId,
    requestId: request.id,
    move: 'close',
    reason: 'answered',
    nextStep: 'À lundi.'
  } as const;
  must(await moveRequest(as(facilitator, friday), { ...answered, origin: ORIGIN }));
  const rows = await promiseRows(engine, request.id);
  expect(rows).toMatchObject([
    {
      kind: 'call',
      promised_on: '2026-03-09',
      promised_by: facilitator.accountId,
      note: expect.stringContaining('À lundi.')
    }
  ]);
});

test('what was offered is taken back, even once accepted', async () => {
  const request = await aRequest(engine, territoryId, now);
  const structure = await aStructure('Hésitante');
  const [offerId] = must(await offerTo(request.id, structure.id));
  must(await byLink(await tokenSentTo(engine, structure.email, '/replies/'), 'accept'));
  const request2 = { territoryId, requestId: request.id, offerId: offerId!, origin: ORIGIN };
  expect(await withdrawOffer(as(stranger), request2)).toMatchObject({ code: 'not-found' });
  expect(must(await withdrawOffer(as(facilitator), request2))).toBe('open');
  must(await offerTo(request.id, structure.id));
});

test.runIf(onServer())(
  'of 200 acceptances in the same second, one wins and 199 are told that somebody was faster',
  async () => {
    const request = await aRequest(engine, territoryId, now);
    const structures = [
      await aStructure('A'),
      await aStructure('B'),
      await aStructure('C'),
      await aStructure('D'),
      await aStructure('E')
    ];
    must(await offerTo(request.id, ...structures.map((structure) => structure.id)));
    const offers = await offerRows(engine, request.id);
    const verdicts = await Promise.all(
      Array.from({ length: 200 }, (_, n) => {
        const { id, member } = structures[n % 5]!;
        const offerId = offers.find((offer) => offer.organization_id === id)!.id;
        const by = { territoryId, requestId: request.id, offerId };
        return answerOffer(as(member), { by, answer: 'accept', origin: ORIGIN });
      })
    );
    const codes = verdicts.map((verdict) => (verdict.ok ? 'accepted' : verdict.code));
    console.info(
      '200 acceptances of one request:',
      Object.fromEntries([...new Set(codes)].map((code) => [code, codes.filter((one) => one === code).length]))
    );
    expect(codes.filter((code) => code === 'accepted')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['accepted', 'offer-over', 'already-accepted']));
    expect((await offerRows(engine, request.id)).filter((offer) => offer.state === 'accepted')).toHaveLength(1);
    expect((await moveRows(engine, request.id)).filter((row) => row.move === 'accept')).toHaveLength(1);
  }
);
