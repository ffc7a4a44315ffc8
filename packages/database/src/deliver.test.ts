import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept } from '@terreau/kernel/verdict';
import { afterAll, expect, test } from 'vitest';
import { deliverDue, folderCarrier, type Carriers } from './deliver.ts';
import { onServer, operatorContext, testDatabase } from './testing.ts';
import { reading, transaction } from './transaction.ts';

const engine = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'terreau-mail-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const start = new Date('2026-05-04T08:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

const write = (texts: readonly string[]) =>
  transaction(operatorContext(engine, start), 'write', async (_tx, ledger) => {
    for (const text of texts) {
      ledger.send({
        channel: 'mail',
        recipient: 'quelquun@example.org',
        template: 'test',
        subject: 'Bonjour à vous',
        text
      });
    }
    return accept();
  });
const states = () =>
  reading(operatorContext(engine), (tx) =>
    tx.selectFrom('outbox').select(['state', 'attempts', 'last_error']).orderBy('id').execute()
  );

test('a message leaves once, as a letter that a person can read', async () => {
  await write(['Votre fiche est à jour.']);
  const toFolder: Carriers = {
    mail: folderCarrier(folder, 'Terreau <ne-pas-repondre@terreau.example>'),
    sms: async () => undefined
  };
  expect(await deliverDue(engine, toFolder, start)).toEqual({ sent: 1, failed: 0 });
  expect(await deliverDue(engine, toFolder, later(3600))).toEqual({ sent: 0, failed: 0 });
  const files = await readdir(folder);
  expect(files).toHaveLength(1);
  const letter = await readFile(join(folder, files[0]!), 'utf8');
  expect(letter).toContain(`Message-ID: <${files[0]!.replace('.eml', '')}@terreau.example>`);
});

test('what fails is tried again, later each time, then left for a human with the reason', async () => {
  await write(['Essai']);
  const broken: Carriers = { mail: () => Promise.reject(new Error('no route')), sms: async () => undefined };
  let now = start;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    expect(await deliverDue(engine, broken, now)).toEqual({ sent: 0, failed: 1 });
    expect(await deliverDue(engine, broken, now)).toEqual({ sent: 0, failed: 0 });
    now = new Date(now.getTime() + 2 * 3_600_000);
  }
  expect((await states()).at(-1)).toMatchObject({ state: 'failed', attempts: 8, last_error: 'no route' });
});

test('a process that dies while sending loses nothing: the letter leaves again under the same name', async () => {
  await write(['Coupure']);
  const seen: string[] = [];
  let isFirst = true;
  const dying: Carriers = {
    mail: async (message) => {
      seen.push(message.id);
      if (isFirst) {
        isFirst = false;
        await new Promise(() => undefined);
      }
    },
    sms: async () => undefined
  };
  void deliverDue(engine, dying, start);
  while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await deliverDue(engine, dying, later(60))).toEqual({ sent: 0, failed: 0 });
  expect(await deliverDue(engine, dying, later(121))).toEqual({ sent: 1, failed: 0 });
  expect(new Set(seen).size).toBe(1);
});

test('ten processes that deliver together send each message once', async () => {
  if (!onServer()) return;
  await write(Array.from({ length: 200 }, (_, index) => `message ${index}`));
  const sent: string[] = [];
  const counting: Carriers = { mail: async ({ id }) => void sent.push(id), sms: async () => undefined };
  await Promise.all(Array.from({ length: 10 }, () => deliverDue(engine, counting, start)));
  expect(sent).toHaveLength(200);
  expect(new Set(sent).size).toBe(200);
});
