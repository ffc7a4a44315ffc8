import { readFile } from 'node:fs/promises';
import { testDatabase } from '@terreau/database/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { privacyDocument } from './privacy-document.rules.ts';
import { hasExportWord } from './export-words.rules.ts';
import { NOT_A_PERSON, PERSON_KEY_NAMES, PRIVACY_REGISTRY } from './privacy-registry.ts';

const engine = await testDatabase();

/** `table.column` of every column, and of those that point to an account or a person. */
async function catalogue() {
  const { rows: columns } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and table_name in (
      select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE')`.execute(
    engine.db
  );
  const { rows: keys } = await sql<{ name: string }>`
    select c.conrelid::regclass || '.' || a.attname as name
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
    where c.contype = 'f' and c.confrelid in ('account'::regclass, 'person'::regclass)`.execute(engine.db);
  return { columns: columns.map((row) => row.name), keys: keys.map((row) => row.name) };
}

const declared = new Set(
  PRIVACY_REGISTRY.flatMap(({ table, keys, exported, mentioned }) => [
    ...keys.flatMap(({ column, clears = [] }) => [column, ...clears]).map((column) => `${table}.${column}`),
    ...[...exported, ...mentioned].map((column) => `${table}.${column}`)
  ])
);

test('every column that points to somebody is declared: purpose, retention, export, erasure', async () => {
  const { columns, keys } = await catalogue();
  const named = columns.filter((name) => PERSON_KEY_NAMES.test(name.split('.')[1]!));
  const missing = [...new Set([...keys, ...named])].filter((name) => !declared.has(name) && !(name in NOT_A_PERSON));
  expect(keys.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

test('the registry names no column that does not exist, and no table twice', async () => {
  const { columns } = await catalogue();
  expect([...declared, ...Object.keys(NOT_A_PERSON)].filter((name) => !columns.includes(name))).toEqual([]);
  const tables = PRIVACY_REGISTRY.map((entry) => entry.table);
  expect(tables).toEqual([...new Set(tables)]);
});

test('an export never shows a column that names whoever else was there', () => {
  for (const { table, keys, exported, mentioned } of PRIVACY_REGISTRY) {
    const others = keys.filter((key) => key.link === 'mention' && key.holds === 'account').map((key) => key.column);
    expect({ table, shown: [...exported, ...mentioned].filter((column) => others.includes(column)) }).toEqual({
      table,
      shown: []
    });
    expect(exported.concat(mentioned).filter((column) => /token|password|secret|hash|backup/.test(column))).toEqual([]);
  }
});

test('every table says its purpose and its duration in both languages', () => {
  for (const { purpose, retention } of PRIVACY_REGISTRY) {
    for (const words of [purpose, retention]) {
      expect(words.fr.length).toBeGreaterThan(8);
      expect(words.en.length).toBeGreaterThan(8);
    }
  }
});

test('docs/privacy.md is what the registry says', async () => {
  const file = new URL('../../../../docs/privacy.md', import.meta.url);
  expect(await readFile(file, 'utf8')).toContain(privacyDocument());
});

test('every table and column that an export shows has a name that people understand', () => {
  const shown = PRIVACY_REGISTRY.flatMap(({ table, exported, mentioned }) =>
    exported.length + mentioned.length > 0 ? [table, ...exported, ...mentioned] : []
  );
  expect(shown.filter((name) => !hasExportWord(name))).toEqual([]);
});
