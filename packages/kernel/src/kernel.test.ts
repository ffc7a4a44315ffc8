import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { add, compare, divide, fraction, multiply, subtract } from './fractions.ts';
import { isId, newId } from './ids.ts';
import { instantAt, localDate, localTime, plusMonths } from './instants.ts';
import { parseEuros, splitCents } from './money.ts';

describe('ids', () => {
  test('an id made later sorts after, and is recognised', () => {
    const earlier = newId(1_700_000_000_000);
    const later = newId(1_700_000_000_001);
    expect(isId(earlier)).toBe(true);
    expect(earlier < later).toBe(true);
    expect(earlier[14]).toBe('7');
    expect(isId('12')).toBe(false);
  });
});

describe('instants', () => {
  test('nine o’clock stays nine o’clock on both sides of each change of hour', () => {
    for (const day of ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25']) {
      expect(localTime(instantAt(day, '09:00', 'Europe/Paris'), 'Europe/Paris')).toBe('09:00');
    }
    expect(instantAt('2026-03-29', '09:00', 'Europe/Paris').toISOString()).toBe('2026-03-29T07:00:00.000Z');
  });

  test('an hour that the spring change skips is the one just after, a repeated hour is its first passage', () => {
    expect(instantAt('2026-03-29', '02:30', 'Europe/Paris').toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(instantAt('2026-10-25', '02:30', 'Europe/Paris').toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  test('a date is the one on the walls of the territory, overseas too', () => {
    const instant = new Date('2026-01-01T02:00:00Z');
    expect(localDate(instant, 'America/Guadeloupe')).toBe('2025-12-31');
    expect(localDate(instant, 'Indian/Mayotte')).toBe('2026-01-01');
  });

  test('a month after the 31st of January is the last day of February', () => {
    expect(plusMonths(new Date('2026-01-31T10:00:00Z'), 1).toISOString()).toBe('2026-02-28T10:00:00.000Z');
  });
});

describe('money', () => {
  test('amounts are read as people write them', () => {
    expect(parseEuros('1 234,56 €')).toMatchObject({ ok: true, value: 123456 });
    expect(parseEuros('12.5')).toMatchObject({ ok: true, value: 1250 });
    expect(parseEuros('douze')).toMatchObject({ ok: false, code: 'not-an-amount' });
    expect(parseEuros('1,234')).toMatchObject({ ok: false, code: 'too-many-decimals' });
  });

  test('splitting loses no cent and gives nobody more than a cent beyond their exact share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc
          .array(fc.nat(1000), { minLength: 1, maxLength: 20 })
          .filter((weights) => weights.some((weight) => weight > 0)),
        (total, weights) => {
          const shares = splitCents(total, weights);
          const sum = weights.reduce((a, b) => a + b, 0);
          expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
          shares.forEach((share, i) => expect(Math.abs(share - (total * weights[i]!) / sum)).toBeLessThan(1));
        }
      )
    );
  });
});

describe('fractions', () => {
  const any = fc
    .tuple(fc.bigInt(-1000n, 1000n), fc.bigInt(1n, 1000n))
    .map(([numerator, denominator]) => fraction(numerator, denominator));

  test('adding then subtracting, multiplying then dividing, gives back the same fraction', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(subtract(add(a, b), b)).toEqual(a);
        if (b.numerator !== 0n) expect(divide(multiply(a, b), b)).toEqual(a);
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
      })
    );
  });
});
