import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hideSmallCells, type ShownTable } from './hidden-cells.rules.ts';

test('a table of large counts is shown whole, with its totals', () => {
  expect(
    hideSmallCells({
      cells: [
        [5, 6],
        [7, 8]
      ]
    })
  ).toEqual({
    cells: [
      [5, 6],
      [7, 8]
    ],
    rowTotals: [11, 15],
    columnTotals: [12, 14],
    total: 26
  });
});

test('one small count hides others with it, because totals would tell it', () => {
  const shown = hideSmallCells({
    cells: [
      [2, 20, 30],
      [40, 50, 60],
      [70, 80, 90]
    ]
  });
  const hidden = shown.cells.flat().filter((cell) => cell === null).length;
  expect(shown.cells[0]![0]).toBeNull();
  expect(hidden).toBeGreaterThanOrEqual(4);
  expect(shown.cells.flat().filter((cell) => cell !== null).length).toBeGreaterThanOrEqual(4);
});

test('a total under five is hidden too, and an empty table shows nothing', () => {
  expect(hideSmallCells({ cells: [[1, 0]] })).toMatchObject({ rowTotals: [null], total: null });
  expect(hideSmallCells({ cells: [] })).toMatchObject({ cells: [], total: null });
});

test('no table that looks like this one pins a hidden count: an oracle tries them all', () => {
  const table = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 2 }), {
    minLength: 2,
    maxLength: 3
  });
  const small = 3;
  fc.assert(
    fc.property(table, (cells) => {
      const shown = hideSmallCells({ cells }, small);
      for (const cell of shown.cells.flat()) expect(cell === null || cell >= small).toBe(true);
      for (const [place, values] of possibleValues(shown, 14)) {
        expect(
          values.size,
          `${place} of ${JSON.stringify(cells)} shown as ${JSON.stringify(shown)}`
        ).toBeGreaterThanOrEqual(small);
      }
    }),
    { numRuns: 60 }
  );
});

/** Every value that each hidden count takes in a table up to `max` that agrees with what is shown. */
function possibleValues({ cells, rowTotals, columnTotals, total }: ShownTable, max: number): Map<string, Set<number>> {
  const flat = cells.flat();
  const columns = cells[0]!.length;
  const values = new Map<string, Set<number>>();
  const filled: number[] = [];
  const fits = () => {
    const row = (r: number) => filled.slice(r * columns, (r + 1) * columns).reduce((sum, count) => sum + count, 0);
    const column = (c: number) =>
      filled.filter((_, index) => index % columns === c).reduce((sum, count) => sum + count, 0);
    return (
      rowTotals.every((one, r) => one === null || row(r) === one) &&
      columnTotals.every((one, c) => one === null || column(c) === one) &&
      (total === null || filled.reduce((sum, count) => sum + count, 0) === total)
    );
  };
  const fill = (index: number): void => {
    if (index === flat.length) {
      if (!fits()) return;
      flat.forEach((cell, place) => {
        if (cell === null) values.set(String(place), (values.get(String(place)) ?? new Set()).add(filled[place]!));
      });
      return;
    }
    // A row that is complete and disagrees is not worth going on.
    const done = index % columns === 0 && index > 0 ? index / columns - 1 : null;
    if (done !== null && rowTotals[done] !== null) {
      const sum = filled.slice(done * columns, (done + 1) * columns).reduce((a, b) => a + b, 0);
      if (sum !== rowTotals[done]) return;
    }
    const cell = flat[index]!;
    for (const value of cell === null ? Array.from({ length: max + 1 }, (_, n) => n) : [cell]) {
      filled[index] = value;
      fill(index + 1);
    }
    filled.length = index;
  };
  fill(0);
  return values;
}
