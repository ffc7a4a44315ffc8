import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forTheOutside, type ReleasedCell } from './report-disclosure.rules.ts';
import type { Figure, FigureLine } from './report-material.rules.ts';

const words = { fr: '', en: '' };

function line(key: string, units: readonly number[], outOf: string | null = null): FigureLine {
  const counted = units.map((unit) => ({ unit: `d${unit}`, owner: `d${unit}` }));
  return { key, label: words, unit: 'count', value: units.length, outOf, weight: 'dossier', counted };
}

function figure(lines: FigureLine[], parts: Figure['parts'] = null): Figure {
  return { measure: 'accompanied', lines, subject: lines[0]!.key, parts, missing: [], dossierIds: [] };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

function values(shown: ReturnType<typeof forTheOutside>['shown']) {
  return Object.fromEntries(shown.flatMap((one) => one.lines.map(({ key, value }) => [key, value])));
}

test('fewer than five structures are hidden, and so is the part that would give them by subtraction', () => {
  const table = figure(
    [line('all', range(0, 30)), line('north', range(0, 3)), line('south', range(3, 15)), line('east', range(15, 30))],
    { whole: 'all', keys: ['north', 'south', 'east'] }
  );
  expect(values(forTheOutside([['a', table]], []).shown)).toEqual({ all: 30, north: null, south: null, east: 15 });
});

test('a second report does not give by its difference with the first what neither shows', () => {
  const first = forTheOutside([['march', figure([line('all', range(0, 20))])]], []);
  expect(values(first.shown)).toEqual({ all: 20 });
  const second = forTheOutside([['april', figure([line('all', range(0, 22))])]], first.released);
  expect(values(second.shown)).toEqual({ all: null });
  const later = forTheOutside([['may', figure([line('all', range(0, 25))])]], first.released);
  expect(values(later.shown)).toEqual({ all: 25 });
});

test('three reports that add up are seen through as well', () => {
  const one = forTheOutside([['one', figure([line('a', range(0, 10))])]], []);
  const two = forTheOutside([['two', figure([line('b', range(10, 20))])]], one.released);
  const all = forTheOutside([['all', figure([line('all', range(0, 22))])]], [...one.released, ...two.released]);
  expect(values(all.shown)).toEqual({ all: null });
});

test('the same report again shows the same figures', () => {
  const table = figure([line('all', range(0, 20)), line('some', range(0, 8), 'all')]);
  const first = forTheOutside([['one', table]], []);
  const again = forTheOutside([['two', table]], first.released);
  expect(values(again.shown)).toEqual(values(first.shown));
});

test('whatever is released, no group of one to four structures is the difference of two figures shown', () => {
  // Stretches of the same thirty structures: one is often within another, as quarters are within a year.
  const stretch = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 18 }));
  const sets = fc.array(
    stretch.map(([from, length]) => range(from, from + length)),
    { minLength: 1, maxLength: 5 }
  );
  fc.assert(
    fc.property(fc.array(sets, { minLength: 1, maxLength: 4 }), (reports) => {
      const out: ReleasedCell[] = [];
      for (const [index, report] of reports.entries()) {
        const lines = report.map((units, nth) => line(`l${nth}`, units));
        out.push(...forTheOutside([[`r${index}`, figure(lines)]], out).released);
      }
      for (const a of out) {
        for (const b of out) {
          const inB = new Set(b.counted.map(({ unit }) => unit));
          if (b.counted.every(({ unit }) => a.counted.some((one) => one.unit === unit))) {
            const more = a.counted.filter(({ unit }) => !inB.has(unit)).length;
            expect(more === 0 || more >= 5).toBe(true);
          }
        }
      }
    }),
    { numRuns: 200 }
  );
});
