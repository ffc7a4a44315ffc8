import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  alertsOf,
  changeOf,
  dimensionMedian,
  gapBetween,
  inOrderOfGap,
  proposedPriorities,
  type Answer
} from './diagnosis.rules.ts';
import { gridOf, itemCodes } from './diagnosis-grid.rules.ts';

test('the grid asks forty items in ten dimensions, its short form twelve, each with four levels in both languages', () => {
  expect(gridOf('full', 'fr')).toHaveLength(10);
  expect(itemCodes('full')).toHaveLength(40);
  expect(itemCodes('short')).toEqual('D1.1 D2.1 D2.2 D3.1 D4.1 D4.2 D5.1 D5.2 D6.1 D6.2 D9.2 D10.1'.split(' '));
  const texts = (language: 'fr' | 'en') =>
    gridOf('full', language).flatMap((one) => one.items.flatMap((item) => [item.title, ...Object.values(item.levels)]));
  for (const language of ['fr', 'en'] as const) {
    expect(texts(language)).toHaveLength(200);
    expect(texts(language).filter((text) => !text || text.length < 6)).toEqual([]);
  }
  expect(texts('en').filter((text) => texts('fr').includes(text))).toEqual([]);
});

test('the widest differences are talked about first; a difference of one level changes no order', () => {
  const items = [
    { item: 'D1.1', answers: [2, 3] as Answer[] },
    { item: 'D1.2', answers: [1, 3] as Answer[] },
    { item: 'D2.1', answers: ['unknown', 4] as Answer[] },
    { item: 'D4.2', answers: [1, 4] as Answer[] }
  ];
  expect(inOrderOfGap(items).map(({ item }) => item)).toEqual(['D4.2', 'D1.2', 'D1.1', 'D2.1']);
  expect(gapBetween(['unknown', 4])).toBeNull();
});

test('a dimension says nothing when fewer than half of its items have a level', () => {
  expect(dimensionMedian([2, undefined, 'unknown', undefined])).toBeNull();
  expect(dimensionMedian([2, 3, undefined, 'not-concerned'])).toEqual({ low: 2, high: 3 });
  expect(dimensionMedian([1, 2, 4])).toEqual({ low: 2, high: 2 });
});

test('importance comes before weakness, three at most, and what is not important is not proposed', () => {
  const items = [
    { item: 'D1.1', answer: 1 as const, importance: 1 },
    { item: 'D2.1', answer: 3 as const, importance: 3 },
    { item: 'D4.2', answer: 2 as const, importance: 3 },
    { item: 'D4.3', answer: 1 as const, importance: 0 },
    { item: 'D10.2', answer: 1 as const, importance: 2 },
    { item: 'D3.1', answer: 'unknown' as const, importance: 3 }
  ];
  // 6 (importance 3), 6 (importance 2), then 3 and 3: the more important of the two.
  expect(proposedPriorities(items)).toEqual(['D4.2', 'D10.2', 'D2.1']);
});

test('people worn out, cash or the coming months at level 1 ask for a call, and nothing else does', () => {
  const at = (item: string, answer: Answer) => ({ item, answer, importance: 0 });
  expect(alertsOf([at('D3.4', 1), at('D4.3', 2), at('D10.1', 1), at('D1.1', 1)])).toEqual(['D3.4', 'D10.1']);
});

test('an item goes up, down or stays; a new one is new', () => {
  expect([changeOf(2, 3), changeOf(3, 2), changeOf(2, 2), changeOf(undefined, 2), changeOf(2, 'unknown')]).toEqual([
    'up',
    'down',
    'same',
    'new',
    'unknown'
  ]);
});

test('a greater importance never makes an item less of a priority', () => {
  const level = fc.integer({ min: 1, max: 4 }) as fc.Arbitrary<1 | 2 | 3 | 4>;
  const importance = fc.integer({ min: 0, max: 2 });
  fc.assert(
    fc.property(fc.array(fc.tuple(level, importance), { minLength: 1, maxLength: 20 }), fc.nat(), (typed, pick) => {
      const items = typed.map(([answer, weight], index) => ({ item: `I${index}`, answer, importance: weight }));
      const index = pick % items.length;
      const raised = items.map((item, at) => (at === index ? { ...item, importance: item.importance + 1 } : item));
      const rank = (list: typeof items) => {
        const found = proposedPriorities(list).indexOf(`I${index}`);
        return found < 0 ? Number.MAX_SAFE_INTEGER : found;
      };
      return rank(raised) <= rank(items);
    })
  );
});
