import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { newId } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { backup, restore, RestoreRefused, tableSums } from './backup.ts';
import { diskFiles } from './files.ts';
import { ownerDatabase, operatorContext } from './testing.ts';
import { transaction } from './transaction.ts';

const source = await ownerDatabase();
const folder = await mkdtemp(join(tmpdir(), 'terreau-backup-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const file = join(folder, 'terreau.backup');
const files = diskFiles(join(folder, 'files'));
const elsewhere = diskFiles(join(folder, 'elsewhere'));
const picture = newId();
await files.write(picture, Buffer.from('une image'));
const now = new Date('2026-05-04T08:00:00.123Z');

await transaction(operatorContext(source, now), 'fill', async (tx) => {
  const { id } = await tx
    .insertInto('territory')
    .values({ slug: 'l-ile', name: 'L’Île « aux » \\ quotes\n; 日本', latitude: 0.1 + 0.2, longitude: -61.55 })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('territory_area')
    .values({ territory_id: id, kind: 'commune', code: '97105', name: 'Ville', population: null })
    .execute();
  await tx
    .insertInto('territory_setting')
    .values({ territory_id: id, key: 'x', value: JSON.stringify({ b: [1, null], a: 'é' }) })
    .execute();
  const kept = await tx
    .insertInto('organization')
    .values({
      territory_id: id,
      name: 'Gardée',
      status: 'published',
      themes: ['a,b', '"c"', ''],
      confirmed_at: sql`now()`
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('organization')
    .values({ territory_id: id, name: 'Absorbée', status: 'merged', merged_into: kept.id })
    .execute();
  await tx
    .insertInto('import_run')
    .values({
      territory_id: id,
      preset: 'x',
      source: 'x',
      file_name: 'x',
      file_sha256: 'x',
      file_bytes: 3,
      content: Buffer.from([0, 255, 10])
    })
    .execute();
  return accept();
});

test('what is restored is what was saved: the same rows and the same checksum for every table', async () => {
  const saved = await backup(source, files, file, now);
  expect(saved.filter(({ rows }) => rows > 0).length).toBeGreaterThan(5);
  const target = await ownerDatabase();
  await restore(target, elsewhere, file);
  expect(await tableSums(target)).toEqual(saved);
  expect(Buffer.from((await elsewhere.read(picture))!).toString()).toBe('une image');
  expect(await tableSums(source)).toEqual(saved);
});

test('a backup is never restored over existing rows', async () => {
  await expect(restore(source, elsewhere, file)).rejects.toThrow(/already holds rows/);
});

test('a damaged, cut or foreign file is refused and the database stays as it was', async () => {
  const lines = gunzipSync(await readFile(file)).toString('utf8');
  const damages = {
    damaged: lines.replace('Gardée', 'Perdue'),
    'damaged file': lines.replace('"base64":"', '"base64":"AAAA'),
    cut: lines.slice(0, lines.length - 40),
    foreign: `{"format":"other"}\n${lines}`,
    'other version': lines.replace(/"checksum":"[0-9a-f]/, '"checksum":"-')
  };
  const target = await ownerDatabase();
  const before = await tableSums(target);
  for (const [name, text] of Object.entries(damages)) {
    const bad = join(folder, `${name}.backup`);
    await writeFile(bad, gzipSync(text));
    await expect(restore(target, elsewhere, bad), name).rejects.toBeInstanceOf(RestoreRefused);
  }
  await writeFile(join(folder, 'not-gzip.backup'), lines);
  await expect(restore(target, elsewhere, join(folder, 'not-gzip.backup'))).rejects.toThrow(/cannot be read/);
  expect(await tableSums(target)).toEqual(before);
});
