import { expect, test } from 'vitest';
import { THEMES } from '@terreau/formats/vocabulary';
import { journeyOf, limitOf, roomOf } from '../support/journey.rules.ts';
import dossiers from './dossiers.json' with { type: 'json' };
import journeys from './journeys.json' with { type: 'json' };

test('each of the forty dossiers of Valbrune has its own words, in the limits of the fields', () => {
  const titles = dossiers.dossiers.map((one) => one.title);
  expect(journeys.dossiers.map((one) => one.title).sort()).toEqual([...titles].sort());
  const told = journeys.dossiers.flatMap((one) => [
    ['idea.sentence', one.sentence],
    ['idea.for-whom', one.forWhom],
    ['idea.where', one.where],
    ['idea.expectation', one.expectation],
    ['need.statement', one.need],
    ['project.aim', one.aim],
    ['project.first-actions', one.actions.join('\n')],
    ['project.change', one.change]
  ]);
  const pooled = Object.entries(journeys.answers).flatMap(([key, texts]) => texts.map((text) => [key, text]));
  const tooLong = [...told, ...pooled].filter(([key, text]) => roomOf(text!) > limitOf(key!));
  expect(tooLong).toEqual([]);
  const sentences = journeys.dossiers.map((one) => one.sentence);
  expect(new Set(sentences).size).toBe(titles.length);
});

test('what is said without a project of its own answers a field of the journey', () => {
  const fields = new Map(journeyOf('fr').flatMap((one) => one.fields.map((field) => [field.key, field] as const)));
  for (const [key, texts] of Object.entries(journeys.answers)) {
    const choices = fields.get(key)?.choices.map((choice) => choice.value) ?? [];
    expect({ key, known: fields.has(key) }).toEqual({ key, known: true });
    if (choices.length > 0) expect(texts.filter((text) => !choices.includes(text))).toEqual([]);
  }
  const themes = new Set<string>(THEMES.map((theme) => theme.code));
  expect(journeys.dossiers.flatMap((one) => one.themes).filter((theme) => !themes.has(theme))).toEqual([]);
});
