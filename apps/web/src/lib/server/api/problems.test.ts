import { expect, test } from 'vitest';
import { expectation, problemOfParameters } from './problems.ts';
import { organizationsQuery, partsQuery, supportsQuery, territoriesQuery } from './schemas.ts';

test('what each parameter must be is said; only what is none of ours does not exist', () => {
  const queries = [territoriesQuery, partsQuery, organizationsQuery, supportsQuery];
  const names = new Set(queries.flatMap((query) => Object.keys(query.shape)));
  expect(names).toContain('kind');
  for (const name of names) expect(expectation(name), name).not.toBe(expectation('colour'));
});

test('a parameter of another address does not exist at this one, and is not said to be badly written', () => {
  const read = partsQuery.safeParse({ q: 'vélo', limit: '0' });
  expect(problemOfParameters(read.error!.issues).more.errors).toEqual([
    { parameter: 'limit', detail: expectation('limit') },
    { parameter: 'q', detail: expectation('colour') }
  ]);
});
