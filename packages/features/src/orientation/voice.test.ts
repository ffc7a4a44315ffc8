import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles } from '@terreau/database/files';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { newId } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { afterAll, expect, test } from 'vitest';
import { aStaffMember, aTerritory, must } from '../directory/directory.fixtures.ts';
import { sweepFiles } from '../directory/sweep-files.command.ts';
import { enterForPerson } from '../trust/enter-for-person.command.ts';
import { eraseByReceipt } from '../trust/erase-by-receipt.command.ts';
import { attachVoice } from './attach-voice.command.ts';
import { DOOR_FIELDS, doorSchema, readDoor, type TypedDoor } from './door.schema.ts';
import { findOwnVoice, findVoice } from './find-voice.query.ts';
import { saveDraft } from './save-draft.command.ts';
import { submitRequest } from './submit-request.command.ts';
import { checkVoice, VOICE_MAX_BYTES } from './voice.rules.ts';
import { voicedRequest, VOICE_SENTENCES } from './voiced-request.query.ts';
import { writeSentence } from './write-sentence.command.ts';

const engine = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'terreau-voice-'));
afterAll(() => rmSync(folder, { recursive: true }));
const files = diskFiles(folder);
const territoryId = await aTerritory(engine);
const facilitator = contextFor(engine, await aStaffMember(engine, territoryId));
const stranger = contextFor(engine, await aStaffMember(engine, await aTerritory(engine)));
const visitor = contextFor(engine);
const origin = 'https://terreau.example';

const webm = (words: string) => new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, ...new TextEncoder().encode(words)]);
const typed = { sentence: VOICE_SENTENCES.fr, phone: '06 12 34 56 78' };
const empty = Object.fromEntries(DOOR_FIELDS.map((name) => [name, ''])) as TypedDoor;
function fields() {
  const read = readDoor(doorSchema, { ...empty, ...typed });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}
const address = () => `2001:db8:${newId().slice(0, 4)}::1`;
const draft = async () =>
  must(await saveDraft(visitor, { territoryId, door: 'idea', typed: empty, code: null, address: address() })).code;
async function said(words: string) {
  const code = await draft();
  must(await attachVoice(visitor, files, { code, bytes: webm(words) }));
  const request = { territoryId, door: 'idea' as const, fields: fields(), draftCode: code, address: address(), origin };
  return must(await submitRequest(visitor, request));
}

test('what is kept is sound, by its first bytes, and of a bounded size', () => {
  const starting = (...bytes: number[]) => new Uint8Array([...bytes, ...Array<number>(20).fill(0)]);
  const ascii = (text: string) => [...new TextEncoder().encode(text)];
  expect(checkVoice(webm('x'))).toMatchObject({ value: 'audio/webm' });
  expect(checkVoice(starting(...ascii('OggS')))).toMatchObject({ value: 'audio/ogg' });
  expect(checkVoice(starting(0, 0, 0, 28, ...ascii('ftypM4A ')))).toMatchObject({ value: 'audio/mp4' });
  expect(checkVoice(starting(...ascii('<html>')))).toMatchObject({ code: 'voice-not-sound' });
  expect(checkVoice(new Uint8Array())).toMatchObject({ code: 'voice-empty' });
  const long = new Uint8Array(VOICE_MAX_BYTES + 1);
  long.set(webm(''));
  expect(checkVoice(long)).toMatchObject({ code: 'voice-too-large' });
});

test('a recording is kept with the draft, replaced, taken away, and never attached to what was sent', async () => {
  const code = await draft();
  const own = async () => (await findOwnVoice(visitor, files, { code, requestId: null }))?.bytes.length ?? null;
  must(await attachVoice(visitor, files, { code, bytes: webm('un') }));
  must(await attachVoice(visitor, files, { code, bytes: webm('deux') }));
  expect(await own()).toBe(8);
  expect(await files.list()).toHaveLength(1);
  must(await attachVoice(visitor, files, { code, bytes: null }));
  expect(await own()).toBeNull();
  expect(await files.list()).toHaveLength(0);
  const sent = await said('dit');
  expect(await attachVoice(visitor, files, { code: sent.code, bytes: webm('x') })).toMatchObject({
    code: 'code-unknown'
  });
  expect(await files.list()).toHaveLength(1);
  must(await eraseByReceipt(visitor, { code: sent.code })).fileIds.forEach((id) => void files.remove(id));
});

test('only the team of the territory and the person listen; the team puts it in a sentence', async () => {
  const { code, requestId } = await said('bonjour');
  const asked = { territoryId, requestId };
  expect((await findVoice(facilitator, files, asked))?.type).toBe('audio/webm');
  expect(await findVoice(stranger, files, asked)).toBeNull();
  expect(await findVoice(visitor, files, asked)).toBeNull();
  expect(await findOwnVoice(visitor, files, { code, requestId })).not.toBeNull();
  const other = await said('autre');
  expect(await findOwnVoice(visitor, files, { code: other.code, requestId })).toBeNull();

  const heard = (await voicedRequest(facilitator, territoryId, requestId))!;
  expect(heard).toMatchObject({ waitsForWords: true, phone: '+33612345678' });
  const sentence = 'Un jardin au pied de la tour';
  const write = (ctx: typeof visitor) => writeSentence(ctx, { ...asked, sentence, version: heard.version });
  expect(await write(stranger)).toMatchObject({ code: 'not-found' });
  must(await write(facilitator));
  expect(await write(facilitator)).toMatchObject({ code: 'changed-meanwhile' });
  expect(await voicedRequest(facilitator, territoryId, requestId)).toMatchObject({ sentence, waitsForWords: false });
});

test('a recording made in the street goes with the entry, under the code of the receipt', async () => {
  const code = await draft();
  must(await attachVoice(visitor, files, { code, bytes: webm('dans la rue') }));
  const person = { name: 'Ali', phone: '+33612345678', email: null, receipt: 'paper', agreed: 'yes' } as const;
  const publication = { kind: 'request', door: 'idea', fields: fields(), channel: 'street', draftCode: code } as const;
  const entry = must(await enterForPerson(facilitator, { territoryId, origin, person, publication }));
  expect(entry.code).toBe(code);
  expect(await findOwnVoice(visitor, files, { code, requestId: entry.subjectId })).not.toBeNull();
});

test('a recording goes with its request: at once by the code, at the latest with the nightly sweep', async () => {
  const { code, requestId } = await said('à effacer');
  const { fileIds } = must(await eraseByReceipt(visitor, { code }));
  expect(fileIds).toHaveLength(1);
  expect(await files.read(fileIds[0]!)).not.toBeNull();
  const kept = await said('gardé');
  const tomorrow = operatorContext(engine, plusDays(new Date(), 1));
  expect(await sweepFiles(tomorrow, files)).toBe(1);
  expect(await files.read(fileIds[0]!)).toBeNull();
  expect(await findVoice(facilitator, files, { territoryId, requestId })).toBeNull();
  expect(await findVoice(facilitator, files, { territoryId, requestId: kept.requestId })).not.toBeNull();
});
