import { expect, test } from 'vitest';
import { readFilters, searchOf } from './list-search.ts';

const territoryId = '01936b1e-0000-7000-8000-000000000001';

test('the next page of the directory begins where the one before ended', () => {
  const cursor = Buffer.from('{"kind":"name"}').toString('base64url');
  expect(searchOf(territoryId, readFilters(new URLSearchParams()), cursor).after).toBe(cursor);
  expect(searchOf(territoryId, readFilters(new URLSearchParams()), null)).toEqual({ territoryId });
});
