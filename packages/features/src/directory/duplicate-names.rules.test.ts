import { expect, test } from 'vitest';
import { readName } from './duplicate-names.rules.ts';

test('a capital that stands alone at the end tells two buildings apart, a linking word links', () => {
  const words = (name: string) => readName(name).words.join(' ');
  expect(new Set(['Maison A', 'Maison D', 'Maison E', 'Maison L', 'Maison'].map(words)).size).toBe(5);
  expect(words('Maison à vivre')).toBe('maison vivre');
  expect(words('Étoile (L’)')).toBe('etoile');
  expect(words('Les engagé·e·s')).toBe('engage');
});
