import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countDiagnoses, COUNTED_MIN_STRUCTURES, type CountableDiagnosis } from './diagnosis-counts.rules.ts';
import { itemCodes, type Level } from './diagnosis-grid.rules.ts';

/** A structure that stands at the same level everywhere. */
const at = (level: Level): CountableDiagnosis => ({
  form: 'short',
  items: new Map(itemCodes('short').map((item) => [item, level]))
});
const several = (count: number, level: Level) => Array.from({ length: count }, () => at(level));
const first = (diagnoses: readonly CountableDiagnosis[]) => countDiagnoses(diagnoses)[0]!;

test('a dimension is shown by level when each level holds five structures, by halves when only those do, else not', () => {
  const fives = ([1, 2, 3, 4] as const).flatMap((level) => several(5, level));
  expect(first(fives)).toEqual({ code: 'D1', levels: [5, 5, 5, 5], halves: [10, 10], missing: 0 });
  expect(first([...several(3, 1), ...several(3, 2), ...several(7, 4)])).toMatchObject({ levels: null, halves: [6, 7] });
  expect(first([...several(9, 1), ...several(4, 4)])).toMatchObject({ levels: null, halves: null });
  // Nobody on one side: to say so would say where everybody stands.
  expect(first(several(20, 1))).toMatchObject({ levels: null, halves: null });
});

test('what a structure keeps for itself is missing, not guessed; a dimension needs half of its items', () => {
  const silent: CountableDiagnosis = { form: 'full', items: new Map([['D1.1', 4]]) };
  expect(first([silent, ...several(5, 2), ...several(5, 3)])).toMatchObject({ halves: [5, 5], missing: 1 });
  const half: CountableDiagnosis = {
    form: 'full',
    items: new Map([
      ['D1.1', 4],
      ['D1.2', 4]
    ])
  };
  expect(first([half, ...several(5, 2), ...several(5, 3)])).toMatchObject({ halves: [5, 6], missing: 0 });
});

test('whatever the structures, no cell that is shown holds fewer than five of them, and what is shown adds up', () => {
  const structures = fc.array(
    fc.constantFrom(1, 2, 3, 4).map((level) => at(level as Level)),
    { maxLength: 60 }
  );
  fc.assert(
    fc.property(structures, (diagnoses) => {
      for (const { levels, halves, missing } of countDiagnoses(diagnoses)) {
        for (const shown of [levels, halves]) {
          if (shown === null) continue;
          expect(Math.min(...shown)).toBeGreaterThanOrEqual(COUNTED_MIN_STRUCTURES);
          expect(shown.reduce((total, count) => total + count, missing)).toBe(diagnoses.length);
        }
      }
    })
  );
});
