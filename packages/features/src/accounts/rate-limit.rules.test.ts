import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkHits, networkOf } from './rate-limit.rules.ts';

const limit = { name: 'test', hits: 3, minutes: 15 };
const start = new Date('2026-11-23T08:00:00Z');
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

test('three attempts pass, the fourth waits for the rest of the quarter of an hour', () => {
  expect(checkHits(limit, 3, start, after(1)).ok).toBe(true);
  expect(checkHits(limit, 4, start, after(1))).toEqual({
    ok: false,
    code: 'too-many-attempts',
    details: { minutes: 14 }
  });
  expect(checkHits(limit, 400, start, after(14.9))).toMatchObject({ details: { minutes: 1 } });
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0']
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('all the addresses behind one IPv6 subscriber count together, whichever they are', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
  fc.assert(
    fc.property(
      fc.array(group, { minLength: 4, maxLength: 4 }),
      fc.array(group, { minLength: 4, maxLength: 4 }),
      (prefix, rest) => {
        expect(networkOf([...prefix, ...rest].join(':'))).toBe(networkOf([...prefix, 'a', 'b', 'c', 'd'].join(':')));
      }
    )
  );
});
