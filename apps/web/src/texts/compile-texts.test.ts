import { expect, test } from 'vitest';
import { textProblems, withFirmSpaces, type ReadTexts } from './compile-texts.ts';

function written(fr: Record<string, unknown>, en: Record<string, unknown>): ReadTexts {
  return { files: () => ['home.json'], texts: (language) => (language === 'fr' ? fr : en) };
}

test('the texts of this site are complete in both languages', () => {
  expect(textProblems()).toEqual([]);
});

test('a text that English lacks is named', () => {
  expect(textProblems(written({ home_title: 'Bonjour' }, {}))).toEqual(['en/home.json: "home_title" has no text.']);
});

test('a text that only one language fills with a name is named', () => {
  const problems = textProblems(written({ home_hello: 'Bonjour {name}' }, { home_hello: 'Hello' }));
  expect(problems).toEqual(['home.json: "home_hello" does not take the same values in fr and en.']);
});

test('a plural without a form for every other number is named, because a million would show its key', () => {
  const plural = [{ declarations: ['input count'], match: { 'form=one': 'un', 'form=other': 'deux' } }];
  expect(textProblems(written({ home_count: plural }, { home_count: plural }))[0]).toContain('needs a form "*"');
});

test('a key that does not start with its file’s name is named', () => {
  expect(textProblems(written({ title: 'a' }, { title: 'a' }))[0]).toContain('must start with "home_"');
});

test('no line breaks before a French question mark or inside French quotation marks', () => {
  expect(withFirmSpaces('Une salle ? « Oui » : jeudi')).toBe('Une salle\u00a0? «\u00a0Oui\u00a0»\u00a0: jeudi');
});
