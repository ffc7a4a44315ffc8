import { expect, test } from 'vitest';
import { fuzz } from '../../test/fuzz.ts';

test('three thousand mutated files: none throws, none hangs', { timeout: 60_000 }, () => {
  const report = fuzz(3000, 7);
  expect(report.thrown).toEqual([]);
  expect(report.slowestMs).toBeLessThan(1000);
});
