import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cosine, metresBetween } from './distance.ts';

const inFrance = fc.record({
  latitude: fc.double({ min: 41, max: 51.2, noNaN: true }),
  longitude: fc.double({ min: -5.2, max: 9.6, noNaN: true })
});

test('the distance is that of the great circle within 1 %, and the same both ways', () => {
  fc.assert(
    fc.property(inFrance, inFrance, (a, b) => {
      const exact = greatCircle(a, b);
      expect(Math.abs(metresBetween(a, b) - exact)).toBeLessThanOrEqual(1 + exact / 100);
      expect(metresBetween(a, b)).toBe(metresBetween(b, a));
    })
  );
});

test('the cosine is right to nine places, and the date line is crossed the short way', () => {
  for (let degrees = -90; degrees <= 90; degrees += 0.5)
    expect(cosine(degrees)).toBeCloseTo(Math.cos((degrees * Math.PI) / 180), 9);
  expect(metresBetween({ latitude: -14, longitude: 179.9 }, { latitude: -14, longitude: -179.9 })).toBeLessThan(25_000);
});

function greatCircle(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const h =
    Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(rad(b.longitude - a.longitude) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h));
}
