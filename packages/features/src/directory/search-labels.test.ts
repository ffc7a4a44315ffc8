import { testDatabase } from '@terreau/database/testing';
import { PUBLICS, THEMES } from '@terreau/formats/vocabulary';
import { expect, test } from 'vitest';

const engine = await testDatabase();

test('the search knows the words of every theme and public of the reference lists', async () => {
  const { rows } = await engine.pool.query<{ code: string; label: string }>('select code, label from search_label');
  const known = new Map(rows.map((row) => [row.code, row.label]));
  expect([...known.keys()].sort()).toEqual([...THEMES, ...PUBLICS].map((entry) => entry.code).sort());
  for (const entry of [...THEMES, ...PUBLICS]) expect(known.get(entry.code)).toContain(entry.label);
});
