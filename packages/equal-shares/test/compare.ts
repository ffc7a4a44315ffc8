import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { computeAll, type Outcome } from '../src/outcome.ts';
import { readPabulib } from '../src/pabulib/reader.ts';

/** Compares every published outcome in a folder of expected ones with this engine's: `node test/compare.ts FOLDER`. */
interface Expected {
  readonly file: string;
  readonly results: Record<
    string,
    { selected: string[]; order?: string[]; endowment?: string; steps?: number; ties?: number }
  >;
}

export interface Comparison {
  readonly agreed: number;
  readonly total: number;
  readonly differences: readonly string[];
}

export function compareFile(folder: string, name: string): Comparison {
  const expected = JSON.parse(readFileSync(join(folder, 'expected', name), 'utf8')) as Expected;
  const file = readPabulib(readFileSync(join(folder, 'pb', expected.file)), { tolerate: ['counts', 'limits'] });
  const { results } = computeAll(file.election, isFinished(expected) ? Infinity : 0);
  const differences = Object.entries(expected.results).flatMap(([key, wanted]) => {
    const got = results[key];
    const wrong = FIELDS.filter(
      (field) => wanted[field] !== undefined && JSON.stringify(wanted[field]) !== JSON.stringify(got?.[field])
    );
    return wrong.length === 0
      ? []
      : [`${name} ${key}: ${wrong.map((field) => describe(field, wanted, got)).join('; ')}`];
  });
  const total = Object.keys(expected.results).length;
  return { agreed: total - differences.length, total, differences };
}

/** No reference finished the Add1 of Budapest 2024: it is not asked for. */
const isFinished = (expected: Expected): boolean =>
  !('mes_cost|none|lex' in expected.results) || 'mes_cost|add1|lex' in expected.results;

const FIELDS = ['selected', 'order', 'endowment', 'steps', 'ties'] as const;

const describe = (
  field: (typeof FIELDS)[number],
  wanted: Expected['results'][string],
  got: Outcome | undefined
): string =>
  `${field} expected ${JSON.stringify(wanted[field])?.slice(0, 200)}, got ${JSON.stringify(got?.[field])?.slice(0, 200)}`;

export const expectedFiles = (folder: string): string[] =>
  readdirSync(join(folder, 'expected')).filter((name) => name.endsWith('.json'));

if (import.meta.main) {
  const folder = process.argv[2] ?? join(import.meta.dirname, '../../../../shared/data/pabulib');
  let agreed = 0;
  let total = 0;
  for (const name of expectedFiles(folder)) {
    const started = performance.now();
    const comparison = compareFile(folder, name);
    const elapsed = performance.now() - started;
    agreed += comparison.agreed;
    total += comparison.total;
    for (const difference of comparison.differences) console.log(difference);
    if (elapsed > 1000) console.log(`${name}: ${Math.round(elapsed)} ms`);
  }
  console.log(`${agreed} of ${total}`);
  process.exitCode = agreed === total ? 0 : 1;
}
