import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  declaredSystem,
  guessSystem,
  isometricLatitude,
  latitudeFromIsometric,
  project,
  secantCone,
  toPosition,
  unproject
} from './coordinates.ts';
import type { ConicZone } from './coordinates.ts';

const radians = (degrees: number) => (degrees * Math.PI) / 180;

describe('projections, against the vectors that IGN publishes (NTG 71)', () => {
  test('algorithms 1 and 2: isometric latitude and back', () => {
    expect(isometricLatitude(0.872664626, 0.08199188998)).toBeCloseTo(1.00552653649, 10);
    expect(isometricLatitude(-0.3, 0.08199188998)).toBeCloseTo(-0.3026169006, 10);
    expect(latitudeFromIsometric(1.00552653648, 0.08199188998)).toBeCloseTo(0.872664626, 10);
    expect(latitudeFromIsometric(-0.3026169006, 0.08199188998)).toBeCloseTo(-0.29999999997, 10);
  });

  test('algorithm 54: parameters of a secant cone', () => {
    const cone = secantCone(
      { a: 6_378_388, e: 0.08199189 },
      { origin: 0, first: -0.575958653, second: -0.785398163 },
      { x: 0, y: 0 }
    );
    expect(cone.n).toBeCloseTo(-0.63049633, 8);
    expect(cone.c).toBeCloseTo(-12_453_174.1795, 3);
    expect(cone.ys).toBeCloseTo(-12_453_174.1795, 3);
  });

  test('Lambert-93: the published constants of the projection', () => {
    const cone = secantCone(
      { a: 6_378_137, e: 0.08181919106 },
      { origin: radians(46.5), first: radians(44), second: radians(49) },
      { x: 700_000, y: 6_600_000 }
    );
    expect(cone.n).toBeCloseTo(0.725607765, 9);
    expect(cone.c).toBeCloseTo(11_754_255.426, 2);
    expect(cone.ys).toBeCloseTo(12_655_612.05, 2);
  });

  test('the false origin of each projection is where it is defined to be', () => {
    expect(project('lambert-93', { latitude: 46.5, longitude: 3 }).y).toBeCloseTo(6_600_000, 5);
    for (let zone = 42; zone <= 50; zone += 1) {
      const origin = project(`cc${zone}` as ConicZone, { latitude: zone, longitude: 3 });
      expect(origin.x).toBeCloseTo(1_700_000, 5);
      expect(origin.y).toBeCloseTo((zone - 41) * 1_000_000 + 200_000, 5);
    }
  });
});

const anyPlace = fc.record({
  latitude: fc.double({ min: 41.4, max: 51, noNaN: true }),
  longitude: fc.double({ min: -4.9, max: 9.5, noNaN: true })
});

describe('telling systems apart', () => {
  test('any place of France goes to metres and comes back within a millimetre', () => {
    fc.assert(
      fc.property(anyPlace, fc.constantFrom('lambert-93' as const, ...zones()), (place, system) => {
        const back = unproject(system, project(system, place));
        expect(back.latitude).toBeCloseTo(place.latitude, 8);
        expect(back.longitude).toBeCloseTo(place.longitude, 8);
      })
    );
  });

  test('a file in Lambert-93 or in its conic zone is recognised and placed, or refused: never misplaced', () => {
    fc.assert(
      fc.property(anyPlace, fc.boolean(), fc.boolean(), (place, zoned, swapped) => {
        const zone = `cc${Math.min(50, Math.max(42, Math.round(place.latitude)))}` as ConicZone;
        const system = zoned ? zone : 'lambert-93';
        const { x, y } = project(system, place);
        const pair = swapped ? { x: y, y: x } : { x, y };
        const guessed = guessSystem([pair]);
        if (!guessed.ok) {
          expect(['coordinates-ambiguous', 'coordinates-unknown-system']).toContain(guessed.code);
          return;
        }
        const position = toPosition(pair, guessed.value)!;
        expect(position.latitude).toBeCloseTo(place.latitude, 6);
        expect(position.longitude).toBeCloseTo(place.longitude, 6);
      }),
      { numRuns: 500 }
    );
  });

  test('Montpellier is found in degrees, in Lambert-93, in CC43, and with its columns swapped', () => {
    const square = { latitude: 43.6085, longitude: 3.8797 };
    for (const system of ['lambert-93', 'cc43', 'cc44'] as const)
      expect(guessSystem([project(system, square)])).toMatchObject({ ok: true, value: { system, swapped: false } });
    expect(guessSystem([{ x: 3.8797, y: 43.6085 }])).toMatchObject({
      ok: true,
      value: { system: 'wgs84', swapped: false }
    });
    expect(guessSystem([{ x: 43.6085, y: 3.8797 }])).toMatchObject({
      ok: true,
      value: { system: 'wgs84', swapped: true }
    });
  });

  test('overseas places are known in degrees', () => {
    for (const [latitude, longitude] of [
      [16.24, -61.53],
      [14.61, -61.07],
      [4.93, -52.33],
      [-20.88, 55.45],
      [-12.78, 45.23],
      [46.78, -56.18],
      [-22.27, 166.44]
    ] as const)
      expect(guessSystem([{ x: longitude, y: latitude }])).toMatchObject({
        ok: true,
        value: { system: 'wgs84', swapped: false }
      });
  });

  test('Lambert II étendu and positions elsewhere are refused', () => {
    expect(guessSystem([{ x: 724_000, y: 1_846_000 }])).toMatchObject({
      ok: false,
      code: 'coordinates-unknown-system'
    });
    expect(guessSystem([{ x: -74, y: 40.7 }])).toMatchObject({ ok: false });
    expect(guessSystem([{ x: 0, y: 0 }])).toMatchObject({ ok: false, code: 'coordinates-none' });
  });

  test('what a file declares is understood', () => {
    expect(declaredSystem('urn:ogc:def:crs:OGC:1.3:CRS84')).toBe('wgs84');
    expect(declaredSystem('EPSG urn:ogc:def:crs:EPSG::2154')).toBe('lambert-93');
    expect(declaredSystem('EPSG 3943')).toBe('cc43');
    expect(declaredSystem('X_L93')).toBe('lambert-93');
    expect(declaredSystem('x_cc43')).toBe('cc43');
    expect(declaredSystem('Longitude')).toBeNull();
  });
});

function zones(): ConicZone[] {
  return Array.from({ length: 9 }, (_, index) => `cc${42 + index}` as ConicZone);
}
