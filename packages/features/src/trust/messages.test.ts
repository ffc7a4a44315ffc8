import type { Message } from '@terreau/database/outbox';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import { aSheet, aTerritory, anAccount, must, sentMessages } from '../directory/directory.fixtures.ts';
import { refreshFreshness } from '../directory/refresh-freshness.command.ts';
import { chooseMessages } from './choose-messages.command.ts';
import { findMessageChoices } from './find-message-choices.query.ts';

const engine = await testDatabase();
const visitor = contextFor(engine);
const origin = 'https://terreau.example';

/** Any command of anybody, which decides one message. */
async function send(recipient: string, message: Partial<Message>): Promise<void> {
  const actor = await anAccount(engine);
  must(
    await transaction(contextFor(engine, actor), 'write', async (_tx, ledger) => {
      ledger.send({ channel: 'mail', recipient, template: 't', subject: 'Bonjour', text: 'Bonjour.', ...message });
      return accept();
    })
  );
}

const tokenIn = (text: string) => /\/unsubscribe\/([\w.-]+)/.exec(text)![1]!;
const alerts = { kind: 'alerts', language: 'fr', origin } as const;

test('a mail that nobody is obliged to receive ends with an address that stops it, for the reader and for the mailbox', async () => {
  await send('lectrice@example.org', { foot: alerts, html: '<body><p>Bonjour.</p></body>' });
  const [mail] = await sentMessages(engine, 'lectrice@example.org');
  expect(mail!.body_text).toMatch(/^Bonjour\.\n\n-- \nVous recevez ces alertes/);
  const stop = `${origin}/unsubscribe/${tokenIn(mail!.body_text)}`;
  expect(mail!.body_html).toContain(`href="${stop}"`);
  expect(mail!.headers).toEqual({
    'List-Unsubscribe': `<${stop}/one-click>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
  });
});

test('opening the address changes nothing; using it stops that kind for that address, and no other', async () => {
  const to = 'assez@example.org';
  await send(to, { foot: alerts });
  const token = tokenIn((await sentMessages(engine, to))[0]!.body_text);
  expect(await findMessageChoices(visitor, token)).toEqual({ kind: 'alerts', refused: [] });
  await send(to, { foot: alerts });
  expect(await sentMessages(engine, to)).toHaveLength(2);

  must(await chooseMessages(visitor, { token, refused: 'this-one' }));
  must(await chooseMessages(visitor, { token, refused: 'this-one' }));
  await send('ASSEZ@example.org', { foot: alerts });
  await send(to, { foot: { ...alerts, kind: 'freshness' } });
  await send('autre@example.org', { foot: alerts });
  expect(await sentMessages(engine, 'ASSEZ@example.org')).toHaveLength(0);
  expect(await sentMessages(engine, to)).toHaveLength(3);
  expect(await sentMessages(engine, 'autre@example.org')).toHaveLength(1);
});

test('whoever changes their mind gets the messages again; each kind is chosen apart', async () => {
  const to = 'retour@example.org';
  await send(to, { foot: alerts });
  const token = tokenIn((await sentMessages(engine, to))[0]!.body_text);
  must(await chooseMessages(visitor, { token, refused: ['alerts', 'surveys'] }));
  expect(await findMessageChoices(visitor, token)).toEqual({ kind: 'alerts', refused: ['alerts', 'surveys'] });
  must(await chooseMessages(visitor, { token, refused: ['surveys'] }));
  await send(to, { foot: alerts });
  await send(to, { foot: { ...alerts, kind: 'surveys' } });
  expect(await sentMessages(engine, to)).toHaveLength(2);
});

test('an essential message leaves whatever was refused, and says why; a text message ends with STOP', async () => {
  const to = 'essentiel@example.org';
  await send(to, { foot: alerts });
  const token = tokenIn((await sentMessages(engine, to))[0]!.body_text);
  must(
    await chooseMessages(visitor, { token, refused: ['alerts', 'freshness', 'plans', 'posts', 'requests', 'surveys'] })
  );
  await send(to, { foot: { kind: 'essential', language: 'en' } });
  await send(to, {});
  const [, essential, bare] = await sentMessages(engine, to);
  expect(essential!.body_text).toContain('belongs to no list');
  expect(essential!.headers).toEqual({});
  expect(bare!.body_text).toBe('Bonjour.');

  await send('+33639980000', { channel: 'sms', foot: alerts });
  const [sms] = await sentMessages(engine, '+33639980000');
  expect(sms!.body_text).toMatch(/^Bonjour\.\n\nSTOP: https:\/\/terreau\.example\/unsubscribe\/alerts\.\S{45}\n$/);
});

test('an address that the platform did not write opens nothing and stops nothing', async () => {
  const to = 'forge@example.org';
  await send(to, { foot: alerts });
  const token = tokenIn((await sentMessages(engine, to))[0]!.body_text);
  const [, digest, signature] = token.split('.') as [string, string, string];
  for (const forged of [
    '',
    'x',
    `freshness.${digest}.${signature}`,
    `alerts.${digest}.${'A'.repeat(22)}`,
    `${token}A`
  ]) {
    expect(await findMessageChoices(visitor, forged)).toBeNull();
    expect(await chooseMessages(visitor, { token: forged, refused: 'this-one' })).toMatchObject({ code: 'not-found' });
  }
});

test('nobody reads who refused what, nor the key of the messages', async () => {
  const territoryId = await aTerritory(engine);
  const actor = await anAccount(engine, 'trusted', [{ role: 'coordinator', territoryId, organizationId: null }]);
  const seen = await transaction(contextFor(engine, actor), 'look', async (tx) =>
    accept([
      await tx.selectFrom('unsubscription').selectAll().execute(),
      await tx.selectFrom('message_key').selectAll().execute()
    ])
  );
  expect(must(seen)).toEqual([[], []]);
});

test('a sheet whose address refused reminders gets none, and the round goes on', async () => {
  const email = 'fiche@example.org';
  const territoryId = await aTerritory(engine);
  const longAgo = new Date('2026-01-10T09:00:00Z');
  await aSheet(engine, territoryId, { name: 'Le Fil', email, promiseMonths: '1' }, null, longAgo);
  const round = (day: string) => refreshFreshness(operatorContext(engine, new Date(day)), { origin });
  must(await round('2026-02-01T05:00:00Z'));
  const [mail] = await sentMessages(engine, email);
  expect(mail!.body_text).toContain('cette adresse est celle d’une fiche');
  must(await chooseMessages(visitor, { token: tokenIn(mail!.body_text), refused: 'this-one' }));
  must(await round('2026-03-01T05:00:00Z'));
  expect(await sentMessages(engine, email)).toHaveLength(1);
});
