import { expect, test } from 'vitest';
import { chooseMedia } from './accept.ts';

const offered = ['application/json', 'application/geo+json'] as const;

test('a program that says nothing, or a browser, gets JSON; a map gets GeoJSON', () => {
  expect(chooseMedia(null, offered)).toBe('application/json');
  expect(chooseMedia('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', offered)).toBe(
    'application/json'
  );
  expect(chooseMedia('application/geo+json', offered)).toBe('application/geo+json');
  expect(chooseMedia('application/json;q=0.5, application/geo+json', offered)).toBe('application/geo+json');
  expect(chooseMedia('application/json;q=0, application/*;q=0.1', offered)).toBe('application/geo+json');
});

test('who wants none of what is offered is told so', () => {
  expect(chooseMedia('text/csv', offered)).toBeNull();
  expect(chooseMedia('application/geo+json', ['application/json'])).toBeNull();
  expect(chooseMedia('*/*;q=0', offered)).toBeNull();
});
