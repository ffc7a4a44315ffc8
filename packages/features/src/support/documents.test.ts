import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles } from '@terreau/database/files';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { aStaffMember, must } from '../directory/directory.fixtures.ts';
import { sweepFiles } from '../directory/sweep-files.command.ts';
import { erasePerson } from '../trust/erase-person.command.ts';
import { addDocument } from './add-document.command.ts';
import { checkDocument, DOCUMENT_MAX_BYTES, documentName } from './document.rules.ts';
import { findDocument } from './find-document.query.ts';
import { listDocuments } from './list-documents.query.ts';
import { listReads } from './list-reads.query.ts';
import { removeDocument } from './remove-document.command.ts';
import { aDossier, inCircle } from './support.fixtures.ts';

const engine = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'terreau-documents-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const files = diskFiles(folder);

const bytesOf = (text: string) => new TextEncoder().encode(text);
const PDF = bytesOf('%PDF-1.7\n%%EOF');

/** A ZIP of empty, uncompressed entries, the first of which holds `first`. */
function zip(names: readonly string[], first = ''): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [index, name] of names.entries()) {
    const content = index === 0 ? first : '';
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(name.length, 28);
    directory.push(entry, Buffer.from(name));
    parts.push(head, Buffer.from(name + content));
    at += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]));
}

test('a file is what its content says: documents and pictures are taken, programs and pages are refused', () => {
  const docx = ['[Content_Types].xml', 'word/document.xml'];
  const odt = 'application/vnd.oasis.opendocument.text';
  const kept: [Uint8Array, string][] = [
    [PDF, 'application/pdf'],
    [bytesOf('Bonjour, voici les horaires'), 'text/plain'],
    [zip(docx), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    [
      zip(['[Content_Types].xml', 'xl/workbook.xml']),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    ],
    [zip(['mimetype', 'content.xml'], odt), odt]
  ];
  for (const [bytes, type] of kept) expect(must(checkDocument(bytes))).toBe(type);
  const refused = [
    bytesOf('<!DOCTYPE html><script>alert(1)</script>'),
    bytesOf('  <svg xmlns="http://www.w3.org/2000/svg"/>'),
    bytesOf('MZ\u0000\u0001 a program'),
    zip([...docx, 'word/vbaProject.bin']),
    zip(['mimetype', 'content.xml', 'Basic/Standard/Module1.xml'], odt),
    zip(['anything.txt']),
    bytesOf('PK\u0003\u0004 cut short')
  ];
  for (const bytes of refused) expect(checkDocument(bytes)).toMatchObject({ code: 'document-type-refused' });
  expect(checkDocument(new Uint8Array())).toMatchObject({ code: 'document-missing' });
  expect(checkDocument(new Uint8Array(DOCUMENT_MAX_BYTES + 1))).toMatchObject({ code: 'document-too-heavy' });
});

test('a document keeps its name, without folders, ending as what it is', () => {
  expect(documentName('C:\\Mes documents\\statuts 2026.PDF', 'application/pdf')).toBe('statuts 2026.pdf');
  expect(documentName('../../etc/passwd', 'text/plain')).toBe('passwd.txt');
  expect(documentName('photo du local.jpeg', 'image/webp')).toBe('photo du local.webp');
  expect(documentName('\u202Efdp.exe', 'application/pdf')).toBe('fdp.pdf');
  expect(documentName('', 'application/pdf')).toBe('document.pdf');
  expect(documentName('é'.repeat(300), 'application/pdf').length).toBeLessThanOrEqual(160);
});

test('a document is downloaded by the circle alone, each time written down, and erased when it is taken out', async () => {
  const dossier = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = dossier;
  const place = { territoryId, dossierId };
  const carrier = await inCircle(engine, dossier, 'carrier');
  const observer = await inCircle(engine, dossier, 'observer');
  const send = { ...place, name: 'statuts.pdf', bytes: PDF, audience: 'circle' as const };
  const documentId = must(await addDocument(carrier, files, send));
  expect(await addDocument(observer, files, send)).toMatchObject({ code: 'not-found' });
  const stranger = contextFor(engine, await aStaffMember(engine, territoryId));
  expect(await addDocument(stranger, files, send)).toMatchObject({ code: 'not-found' });
  expect(await readdir(folder)).toHaveLength(1);

  expect((await findDocument(observer, files, { ...place, documentId }))?.bytes).toEqual(Buffer.from(PDF));
  expect(await findDocument(stranger, files, { ...place, documentId })).toBeNull();
  expect(await reading(stranger, (tx) => tx.selectFrom('dossier_document').select('id').execute())).toEqual([]);
  const looks = (await listReads(carrier, place))!.reads.filter(({ kind }) => kind === 'file');
  expect(looks).toMatchObject([{ as: 'observer', what: 'document' }]);

  const member = await inCircle(engine, dossier, 'member');
  expect(await removeDocument(member, files, { ...place, documentId })).toMatchObject({ code: 'not-found' });
  must(await removeDocument(facilitator, files, { ...place, documentId }));
  expect(await findDocument(carrier, files, { ...place, documentId })).toBeNull();
  expect(await readdir(folder)).toEqual([]);
});

test('a photographed page is kept readable, without where and with what it was taken', async () => {
  const dossier = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = dossier;
  const photo = await sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#fbf7f0' } })
    .withExif({ IFD0: { Make: 'Marque' } })
    .jpeg()
    .toBuffer();
  const send = { territoryId, dossierId, name: 'bail.jpg', bytes: new Uint8Array(photo), audience: 'circle' as const };
  const documentId = must(await addDocument(facilitator, files, send));
  const found = (await findDocument(facilitator, files, { territoryId, dossierId, documentId }))!;
  const { width, format, exif } = await sharp(found.bytes).metadata();
  expect({ name: found.name, width, format, exif }).toEqual({
    name: 'bail.webp',
    width: 2400,
    format: 'webp',
    exif: undefined
  });
  const broken = new Uint8Array(photo.subarray(0, 200));
  expect(await addDocument(facilitator, files, { ...send, bytes: broken })).toMatchObject({
    code: 'document-unreadable'
  });
});

test('what advisers keep apart is not in the structure’s list, and cannot be downloaded by its address', async () => {
  const dossier = await aDossier(engine);
  const place = { territoryId: dossier.territoryId, dossierId: dossier.dossierId };
  const carrier = await inCircle(engine, dossier, 'carrier');
  const send = { ...place, name: 'analyse.pdf', bytes: PDF, audience: 'advisers' as const };
  const documentId = must(await addDocument(dossier.facilitator, files, send));
  expect(await addDocument(carrier, files, send)).toMatchObject({ code: 'room-not-yours' });
  expect((await listDocuments(carrier, place))?.documents).toEqual([]);
  expect(await findDocument(carrier, files, { ...place, documentId })).toBeNull();
  expect((await listDocuments(dossier.facilitator, place))?.documents).toHaveLength(1);
});

test('the night sweep spares the documents of dossiers, and an erased dossier takes its files away', async () => {
  const dossier = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = dossier;
  const send = { territoryId, dossierId, name: 'plan.pdf', bytes: PDF, audience: 'circle' as const };
  const documentId = must(await addDocument(facilitator, files, send));
  const fileId = await reading(facilitator, async (tx) => {
    const row = await tx
      .selectFrom('dossier_document')
      .select('file_id')
      .where('id', '=', documentId)
      .executeTakeFirst();
    return row!.file_id;
  });
  const old = new Date(Date.now() - 86_400_000);
  await utimes(join(folder, fileId), old, old);
  await sweepFiles(operatorContext(engine), files);
  expect(await files.read(fileId)).not.toBeNull();
  // Nadia carries this project alone: it goes with her.
  const personId = await reading(operatorContext(engine), async (tx) => {
    const row = await tx
      .selectFrom('dossier_member')
      .select('person_id')
      .where('dossier_id', '=', dossierId)
      .where('role', '=', 'carrier')
      .executeTakeFirst();
    return row!.person_id!;
  });
  const erased = must(await erasePerson(facilitator, { territoryId, personId, typedName: 'Nadia' }));
  expect(erased.fileIds).toEqual([fileId]);
  await sweepFiles(operatorContext(engine), files);
  expect(await files.read(fileId)).toBeNull();
});
