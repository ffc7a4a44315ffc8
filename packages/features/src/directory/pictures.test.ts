import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Actor } from '@terreau/database/context';
import { diskFiles } from '@terreau/database/files';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { findOrganization } from './find-organization.query.ts';
import { findPicture } from './find-picture.query.ts';
import { PICTURE_UPLOAD_MAX_BYTES } from './picture.rules.ts';
import { removePicture } from './remove-picture.command.ts';
import { setPicture } from './set-picture.command.ts';
import { sweepFiles } from './sweep-files.command.ts';

const engine = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'terreau-pictures-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const files = diskFiles(folder);
const WORDS = 'La façade bleue du local';

async function aSheet(status = 'published') {
  const made = await transaction(operatorContext(engine), 'prepare', async (tx) => {
    const slug = `t${newId().replaceAll('-', '').slice(-10)}`;
    const territory = await tx
      .insertInto('territory')
      .values({ slug, name: slug })
      .returning('id')
      .executeTakeFirstOrThrow();
    const organization = await tx
      .insertInto('organization')
      .values({ territory_id: territory.id, name: 'Le Fil', status })
      .returning('id')
      .executeTakeFirstOrThrow();
    return accept({ territoryId: territory.id, organizationId: organization.id });
  });
  if (!made.ok) throw new Error('refused');
  const { territoryId, organizationId } = made.value;
  const as = (role: 'organization-member' | 'facilitator', where: Id = territoryId): Actor => ({
    accountId: null,
    grants: [{ role, territoryId: where, organizationId: role === 'facilitator' ? null : organizationId }],
    trust: 'verified',
    isOperator: false
  });
  const member = contextFor(engine, as('organization-member'));
  return {
    ...made.value,
    member,
    stranger: contextFor(engine, as('facilitator', newId())),
    visitor: contextFor(engine),
    send: (bytes: Uint8Array | null, alternative = WORDS) =>
      setPicture(member, files, { territoryId, organizationId, bytes, alternative }),
    shown: async (who = contextFor(engine)) => {
      const found = await findOrganization(who, territoryId, organizationId);
      return found?.kind === 'sheet' ? found.sheet.picture : null;
    }
  };
}

/** A photograph-like picture, with the place where it was taken written inside. */
function aPhotograph(width = 1600, height = 1200): Promise<Buffer> {
  return sharp({
    create: { width, height, channels: 3, background: '#a86', noise: { type: 'gaussian', mean: 128, sigma: 40 } }
  })
    .withExif({ IFD0: { Copyright: 'Camille' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '43/1 36/1 0/1' } })
    .jpeg()
    .toBuffer();
}

/** A PNG of a few kilobytes that claims, and holds, far more pixels than any sheet shows. */
function aBomb(side: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const lines = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side));
  const signature = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', lines), chunk('IEND', Buffer.alloc(0))]);
}

test('a picture is shown on its sheet, small, as WebP, without where and by whom it was taken', async () => {
  const sheet = await aSheet();
  expect(await sheet.send(await aPhotograph())).toMatchObject({ ok: true });
  const shown = (await sheet.shown())!;
  expect(shown).toMatchObject({ alternative: WORDS, width: 800, height: 600 });
  const found = (await findPicture(sheet.visitor, files, { ...sheet, fileId: shown.fileId }))!;
  expect(found.isPublic).toBe(true);
  expect(found.bytes.length).toBeLessThanOrEqual(60_000);
  const { format, exif, xmp, icc } = await sharp(found.bytes).metadata();
  expect({ format, exif, xmp, icc }).toEqual({ format: 'webp', exif: undefined, xmp: undefined, icc: undefined });
});

test('a picture lying on its side is put upright', async () => {
  const sheet = await aSheet();
  const lying = await sharp(await aPhotograph(400, 200))
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  await sheet.send(lying);
  expect(await sheet.shown()).toMatchObject({ width: 200, height: 400 });
});

test('what is not a picture, whatever its name, is refused with the reason', async () => {
  const sheet = await aSheet();
  const text = (content: string) => new TextEncoder().encode(content);
  const cut = (await aPhotograph()).subarray(0, 3000);
  const refusals = {
    'a drawing that holds script': [
      text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'picture-type-refused'
    ],
    'a page': [text('<!doctype html><script>alert(1)</script>'), 'picture-type-refused'],
    'an animation format that is not shown': [text('GIF89a...............'), 'picture-type-refused'],
    'a drawing behind the first bytes of a photo': [
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), text('<svg/>')]),
      'picture-unreadable'
    ],
    'a photo cut short': [cut, 'picture-unreadable'],
    nothing: [new Uint8Array(), 'picture-missing'],
    'a huge file': [new Uint8Array(PICTURE_UPLOAD_MAX_BYTES + 1), 'picture-too-heavy'],
    'a small file that would fill the memory': [aBomb(20_000), 'picture-too-large']
  } as const;
  for (const [what, [bytes, code]] of Object.entries(refusals))
    expect(await sheet.send(bytes), what).toMatchObject({ ok: false, code });
  expect(await sheet.shown()).toBeNull();
});

test('words that stand for the picture are required, and can be changed alone', async () => {
  const sheet = await aSheet();
  const photograph = await aPhotograph(300, 200);
  expect(await sheet.send(photograph, ' ')).toMatchObject({ ok: false, code: 'alternative-missing' });
  expect(await sheet.send(photograph, 'x'.repeat(301))).toMatchObject({ ok: false, code: 'alternative-too-long' });
  expect(await sheet.send(null)).toMatchObject({ ok: false, code: 'picture-missing' });
  await sheet.send(photograph);
  const { fileId } = (await sheet.shown())!;
  expect(await sheet.send(null, 'L’atelier')).toMatchObject({ ok: true });
  expect(await sheet.shown()).toMatchObject({ fileId, alternative: 'L’atelier' });
});

test('another picture takes its place, and one that is taken off leaves nothing on the disk', async () => {
  const sheet = await aSheet();
  await sheet.send(await aPhotograph(300, 200));
  const first = (await sheet.shown())!;
  await sheet.send(await aPhotograph(200, 300));
  const second = (await sheet.shown())!;
  expect(await files.read(first.fileId)).toBeNull();
  expect(await findPicture(sheet.visitor, files, { ...sheet, fileId: first.fileId })).toBeNull();
  expect(await removePicture(sheet.member, files, sheet)).toMatchObject({ ok: true });
  expect(await sheet.shown()).toBeNull();
  expect(await files.read(second.fileId)).toBeNull();
});

test('only who may change the sheet changes its picture, and a held sheet shows it to nobody else', async () => {
  const sheet = await aSheet('held');
  const bytes = await aPhotograph(300, 200);
  for (const someone of [sheet.visitor, sheet.stranger]) {
    expect(await setPicture(someone, files, { ...sheet, bytes, alternative: WORDS })).toMatchObject({
      ok: false,
      code: 'not-found'
    });
    expect(await removePicture(someone, files, sheet)).toMatchObject({ ok: false, code: 'not-found' });
  }
  await sheet.send(bytes);
  const { fileId } = (await sheet.shown(sheet.member))!;
  expect(await findPicture(sheet.visitor, files, { ...sheet, fileId })).toBeNull();
  expect(await findPicture(sheet.member, files, { ...sheet, fileId })).toMatchObject({ isPublic: false });
});

test('the file of a sheet that was erased goes in the night; a file that is being written stays', async () => {
  const sheet = await aSheet();
  await sheet.send(await aPhotograph(300, 200));
  const { fileId } = (await sheet.shown())!;
  const tomorrow = operatorContext(engine, new Date(Date.now() + 86_400_000));
  expect(await sweepFiles(tomorrow, files)).toBe(0);
  await transaction(operatorContext(engine), 'erase', async (tx) => {
    await tx.deleteFrom('organization').where('id', '=', sheet.organizationId).execute();
    return accept();
  });
  expect(await sweepFiles(operatorContext(engine), files)).toBe(0);
  expect(await sweepFiles(tomorrow, files)).toBe(1);
  expect(await files.read(fileId)).toBeNull();
});
