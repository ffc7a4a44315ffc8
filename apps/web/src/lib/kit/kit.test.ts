import { expect, test } from 'vitest';
import { readDateParts } from './date-parts.ts';
import { paragraphsOf } from './plain-text.ts';
import { pointIn, sketchOf } from './sketch.ts';

function typed(day: string, month: string, year: string): FormData {
  const form = new FormData();
  form.set('founded-day', day);
  form.set('founded-month', month);
  form.set('founded-year', year);
  return form;
}

test('a date in three fields is read, and what was typed is kept', () => {
  expect(readDateParts(typed(' 7 ', '3', '2014'), 'founded')).toEqual({
    parts: { day: '7', month: '3', year: '2014' },
    date: '2014-03-07'
  });
});

test('31 February, a month in letters and a year in two digits are impossible; nothing at all is empty', () => {
  expect(readDateParts(typed('31', '2', '2024'), 'founded').date).toBe('impossible');
  expect(readDateParts(typed('1', 'mars', '2024'), 'founded').date).toBe('impossible');
  expect(readDateParts(typed('1', '3', '24'), 'founded').date).toBe('impossible');
  expect(readDateParts(typed('', '', ''), 'founded').date).toBe('empty');
});

test('typed text becomes paragraphs and lines, and an address loses the full stop that follows it', () => {
  const paragraphs = paragraphsOf('Bonjour\r\nvoir https://a.example/x.\n\n\nMerci');
  expect(paragraphs).toHaveLength(2);
  expect(paragraphs[0]![1]).toEqual([
    { text: 'voir ', href: null },
    { text: 'https://a.example/x', href: 'https://a.example/x' },
    { text: '.', href: null }
  ]);
});

test('only web addresses are links', () => {
  expect(paragraphsOf('javascript:alert(1) <b>x</b>')[0]![0]).toEqual([
    { text: 'javascript:alert(1) <b>x</b>', href: null }
  ]);
});

test('north is up and east is right, and every place is inside the frame', () => {
  const places = [
    { longitude: 3.8, latitude: 44.0 },
    { longitude: 3.9, latitude: 44.1 }
  ];
  const sketch = sketchOf(null, places)!;
  const [southWest, northEast] = places.map((place) => pointIn(sketch, place));
  expect(northEast!.x).toBeGreaterThan(southWest!.x);
  expect(northEast!.y).toBeLessThan(southWest!.y);
  for (const { x, y } of [southWest!, northEast!]) {
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(sketch.width);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(sketch.height);
  }
});

test('a single place still gets some land around it, and nothing at all gets no drawing', () => {
  expect(pointIn(sketchOf(null, [{ longitude: 55.5, latitude: -21 }])!, { longitude: 55.5, latitude: -21 }).x).toBe(
    300
  );
  expect(sketchOf(null, [])).toBeNull();
});
