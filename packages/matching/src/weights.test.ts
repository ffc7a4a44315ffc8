import { describe, expect, test } from 'vitest';
import { readWeights, weightValues, WEIGHTS, withValues } from './weights.ts';

describe('the weights of a territory', () => {
  test('those of the house can be read back as they are written', () => {
    expect(readWeights(JSON.parse(JSON.stringify(WEIGHTS)))).toEqual({ ok: true, value: WEIGHTS });
  });

  test('one that is missing, unknown, no whole number, out of bounds or unexplained is refused by its name', () => {
    const { theme: _, ...without } = WEIGHTS.points;
    expect(readWeights({ ...WEIGHTS, points: without })).toMatchObject({
      code: 'weight-missing',
      details: { name: 'theme' }
    });
    expect(change('friendship', { value: 1, why: 'x' })).toMatchObject({ code: 'weight-unknown' });
    expect(change('near', { value: 1.5, why: 'x' })).toMatchObject({
      code: 'weight-out-of-bounds',
      details: { name: 'near', min: 0, max: 1000 }
    });
    expect(change('near', { value: -1, why: 'x' })).toMatchObject({ code: 'weight-out-of-bounds' });
    expect(change('near', { value: 1, why: ' ' })).toMatchObject({ code: 'weight-without-why' });
    expect(readWeights(null)).toMatchObject({ code: 'weights-not-readable' });
    expect(readWeights({ ...WEIGHTS, date: 'demain' })).toMatchObject({ code: 'weights-not-readable' });
    expect(readWeights({ ...WEIGHTS, limits: { ...WEIGHTS.limits, 'near-km': { value: 0, why: 'x' } } })).toMatchObject(
      {
        code: 'weight-out-of-bounds'
      }
    );
  });

  test('a neighbouring subject never counts more than the subject', () => {
    expect(change('family', { value: 61, why: 'x' })).toMatchObject({ code: 'family-above-theme' });
    expect(change('family', { value: 60, why: 'x' })).toMatchObject({ ok: true });
  });
});

describe('what a territory changes', () => {
  test('replaces a value and keeps the others with their reasons', () => {
    const changed = withValues({ near: 50, 'near-km': 3 });
    expect(changed).toMatchObject({ ok: true });
    if (!changed.ok) return;
    expect(changed.value.points.near).toEqual({ value: 50, why: WEIGHTS.points.near.why });
    expect(changed.value.points.theme).toEqual(WEIGHTS.points.theme);
    expect(weightValues(changed.value)).toEqual({ ...weightValues(WEIGHTS), near: 50, 'near-km': 3 });
  });

  test('is refused under the same rules', () => {
    expect(withValues({ near: 5000 })).toMatchObject({ code: 'weight-out-of-bounds', details: { name: 'near' } });
    expect(withValues({ friendship: 1 })).toMatchObject({ code: 'weight-unknown' });
    expect(withValues({ theme: 5 })).toMatchObject({ code: 'family-above-theme' });
  });
});

function change(name: string, weight: unknown) {
  return readWeights({ ...WEIGHTS, points: { ...WEIGHTS.points, [name]: weight } });
}
