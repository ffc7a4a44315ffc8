import { VISITOR } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aSheet, aStaffMember, aTerritory, must, sentMessages } from '../directory/directory.fixtures.ts';
import { offerRequest } from './offer-request.command.ts';
import { receiveText } from './receive-text.command.ts';
import { aRequest, aTeamMember, moveRows, offerRows, ORIGIN, requestRow } from './requests.fixtures.ts';
import { readTextAnswer } from './text-answers.rules.ts';

const engine = await testDatabase();
const now = new Date('2026-03-02T10:00:00Z');
const later = new Date('2026-03-02T10:05:00Z');
const between = new Date('2026-03-02T10:01:00Z');
const territoryId = await aTerritory(engine);
const facilitator = await aTeamMember(engine, territoryId, 'facilitator');
const coordinator = await aTeamMember(engine, territoryId, 'coordinator');

let count = 0;
/** A structure with a mobile number and no address, asked by text message about `requests` requests. */
async function asked(requests = 1) {
  count += 1;
  const phone = `+3361298${String(5600 + count)}`;
  const id = await aSheet(engine, territoryId, { name: `Le Vélo du marché ${count}`, email: '', phone });
  const ids = [];
  for (let i = 0; i < requests; i++) {
    const request = await aRequest(engine, territoryId, now, { responsibleId: facilitator.accountId });
    must(
      await offerRequest(contextFor(engine, facilitator, now), {
        territoryId,
        requestId: request.id,
        recipients: [{ organizationId: id }],
        sharedFields: ['sentence', 'place'],
        agreement: 'phone',
        message: null,
        origin: ORIGIN
      })
    );
    ids.push(request.id);
  }
  return { phone, requests: ids };
}

const receive = (from: string, text: string, gatewayId = `${from} ${text}`) =>
  receiveText(contextFor(engine, VISITOR, later), { gatewayId, from, text, origin: ORIGIN });

const passedOn = async (phone: string) =>
  (await sentMessages(engine, coordinator.email)).filter(({ body_text }) =>
    body_text.includes(phone.replace('+33', '0').replaceAll(/(\d{2})(?=\d)/g, '$1 '))
  );

test('a bare word is read however it is written; anything more is for a human', () => {
  expect(['OUI', ' oui.', 'Oui !', '« oui »', 'YES'].map(readTextAnswer)).toEqual(Array(5).fill('yes'));
  expect(['Non', 'NON.', 'no'].map(readTextAnswer)).toEqual(Array(3).fill('no'));
  expect(['STOP', 'stop.'].map(readTextAnswer)).toEqual(['stop', 'stop']);
  expect(['oui mais mardi', 'oui ?', 'ok', 'oui non', '', 'constructor', 'non merci'].map(readTextAnswer)).toEqual(
    Array(7).fill(null)
  );
});

test('a bare OUI to the one offer that waits is written down as its answer, with what was written, and thanked', async () => {
  const { phone, requests } = await asked();
  expect(await receive(phone.replace('+33', '0'), 'Oui !')).toMatchObject({ value: { outcome: 'accepted' } });
  expect(await requestRow(engine, requests[0]!)).toMatchObject({ state: 'accepted' });
  expect(await offerRows(engine, requests[0]!)).toMatchObject([{ state: 'accepted', answer_note: 'SMS : « Oui ! »' }]);
  expect((await moveRows(engine, requests[0]!)).at(-1)).toMatchObject({ move: 'accept', moved_as: 'partner' });
  const sent = (await sentMessages(engine, phone)).map(({ template, body_text }) => [template, body_text] as const);
  expect(sent.map(([template]) => template)).toEqual(expect.arrayContaining(['request-follow-up', 'text-received']));
  expect(sent.find(([template]) => template === 'text-received')![1]).toMatch(/votre OUI est noté/);
  expect((await sentMessages(engine, facilitator.email)).map(({ template }) => template)).toContain('request-accepted');
});

test('a bare NON is a refusal, and the request is open again', async () => {
  const { phone, requests } = await asked();
  expect(await receive(phone, 'NON')).toMatchObject({ value: { outcome: 'refused' } });
  expect(await requestRow(engine, requests[0]!)).toMatchObject({ state: 'open' });
  expect(await offerRows(engine, requests[0]!)).toMatchObject([{ state: 'refused', reason: 'other' }]);
});

test('a message that the gateway sends twice counts once', async () => {
  const { phone, requests } = await asked();
  must(await receive(phone, 'OUI', 'twice'));
  expect(await receive(phone, 'OUI', 'twice')).toMatchObject({ value: { outcome: 'already-received' } });
  expect((await moveRows(engine, requests[0]!)).filter(({ move }) => move === 'accept')).toHaveLength(1);
  expect(await passedOn(phone)).toEqual([]);
});

test('several offers wait: nothing is guessed, the coordinator reads the words and sees the requests', async () => {
  const { phone, requests } = await asked(2);
  expect(await receive(phone, 'OUI')).toMatchObject({ value: { outcome: 'passed-on' } });
  for (const id of requests) expect(await requestRow(engine, id)).toMatchObject({ state: 'offered' });
  const [mail, ...more] = await passedOn(phone);
  expect(more).toEqual([]);
  expect(mail!.body_text).toContain('« OUI »');
  for (const id of requests) expect(mail!.body_text).toContain(`/requests/${id}`);
});

test('more than a yes or a no is put before the coordinator, never lost', async () => {
  const { phone, requests } = await asked();
  expect(await receive(phone, 'oui mais pas avant mardi')).toMatchObject({ value: { outcome: 'passed-on' } });
  expect(await requestRow(engine, requests[0]!)).toMatchObject({ state: 'offered' });
  expect((await passedOn(phone))[0]!.body_text).toContain('oui mais pas avant mardi');
});

test('a yes to something else that was texted since is no yes to the offer', async () => {
  const { phone, requests } = await asked();
  must(
    await transaction(operatorContext(engine, between), 'remind', async (_tx, ledger) => {
      ledger.send({
        channel: 'sms',
        recipient: phone,
        template: 'appointment-reminder',
        text: 'À demain ?',
        territoryId
      });
      return accept();
    })
  );
  expect(await receive(phone, 'OUI')).toMatchObject({ value: { outcome: 'passed-on' } });
  expect(await requestRow(engine, requests[0]!)).toMatchObject({ state: 'offered' });
});

test('STOP is honoured at once, and the coordinator knows whom to call', async () => {
  const { phone } = await asked();
  expect(await receive(phone, 'STOP')).toMatchObject({ value: { outcome: 'stopped' } });
  expect((await passedOn(phone))[0]!.body_text).toContain('par téléphone');
  const before = (await sentMessages(engine, phone)).length;
  must(
    await transaction(operatorContext(engine, later), 'remind', async (_tx, ledger) => {
      const foot = { kind: 'requests', language: 'fr', origin: ORIGIN } as const;
      ledger.send({ channel: 'sms', recipient: phone, template: 'request-offer', text: 'Rappel', territoryId, foot });
      return accept();
    })
  );
  expect(await sentMessages(engine, phone)).toHaveLength(before);
});

test('the words of a number that nobody knows are read by the platform’s administrators; with none, they are to be sent again', async () => {
  expect(await receive('+33699999999', 'Bonjour, qui êtes-vous ?')).toMatchObject({ code: 'nobody-to-tell' });
  const administrator = await anAdministrator();
  must(await receive('+33699999999', 'Bonjour, qui êtes-vous ?'));
  expect((await sentMessages(engine, administrator))[0]!.body_text).toContain('qui êtes-vous');
});

test('what is no number or no text is refused', async () => {
  expect(await receive('Banque', 'Votre code')).toMatchObject({ code: 'text-unreadable' });
  expect(await receive('+33612985601', '  ')).toMatchObject({ code: 'text-unreadable' });
});

/** Their address. */
async function anAdministrator(): Promise<string> {
  const { accountId, email } = await aStaffMember(engine, territoryId, 'facilitator');
  must(
    await transaction(operatorContext(engine), 'grant-role', async (tx) => {
      await tx.insertInto('role_grant').values({ account_id: accountId, role: 'platform-administrator' }).execute();
      return accept();
    })
  );
  return email;
}
