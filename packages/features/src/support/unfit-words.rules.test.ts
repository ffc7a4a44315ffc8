import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import heldOut from './unfit-words.held-out.json' with { type: 'json' };
import { findUnfitWords } from './unfit-words.rules.ts';
import sentences from './unfit-words.sentences.json' with { type: 'json' };
import unseen from './unfit-words.unseen.json' with { type: 'json' };

const isReminded = (text: string) => findUnfitWords(text).length > 0;

/** Of the unfit sentences, those noticed; of the fit ones, those taken for unfit. */
function figures(unfit: readonly string[], fit: readonly string[]) {
  const missed = unfit.filter((text) => !isReminded(text));
  return { missed, falseAlarms: fit.filter(isReminded), recall: 1 - missed.length / unfit.length };
}

// Rounds of sentences, each written before the rules were made to suit it. What each found when it was new: the first
// two, 80 of 81 unfit ones then 9 of 22; one written with the present families in mind, all of 79; the next ones 21 of
// 72, 32 of 63 and 31 of 62, with no, 4 and 2 false alarms.
test('of 762 sentences, 374 of the 379 unfit ones are noticed and none of the 383 others is', () => {
  expect([sentences.unfit.length, sentences.fit.length]).toEqual([379, 383]);
  const { missed, falseAlarms } = figures(
    sentences.unfit.map(([, text]) => text!),
    sentences.fit
  );
  expect(missed).toEqual([
    'Il a une jambe plus courte et se fatigue vite.',
    'Monsieur veut une salle de prière chez lui.',
    'Il a tenu la permanence du candidat Les Républicains.',
    'Il est connu des services de police.',
    'Le neveu est en centre éducatif fermé.'
  ]);
  expect(falseAlarms).toEqual([]);
  for (const [kind, text] of sentences.unfit.filter(([, text]) => !missed.includes(text!))) {
    expect(
      findUnfitWords(text!).map((words) => words.kind),
      text
    ).toContain(kind);
  }
});

// What it is worth where no rule was made to suit: measured once, when the sentences were new, and left alone since.
// The rules before these ones noticed 22 of them, with one false alarm. People have more words than a list: it misses
// one in three, which is why the reminder stands above the fields whatever is typed.
test('of 126 sentences that no rule was made to suit, 40 of 63 unfit ones are noticed and none of the others', () => {
  const { falseAlarms, recall } = figures(unseen.unfit, unseen.fit);
  expect(unseen.fit).toHaveLength(63);
  expect(recall).toBeCloseTo(40 / 63);
  expect(falseAlarms).toEqual([]);
});

// These were unseen by the rules before, which noticed 9 of 24; whoever wrote the present ones had read them.
test('of the 48 sentences of the former measure, the 24 unfit ones are noticed and none of the others', () => {
  expect(figures(heldOut.unfit, heldOut.fit)).toMatchObject({ missed: [], falseAlarms: [] });
});

test('of the texts of the demonstration, written for other ends, fewer than one in two hundred is taken for unfit', () => {
  const folder = join(import.meta.dirname, '../demonstration');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.includes('.geo.'));
  const texts = files.flatMap((name) => textsIn(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  expect(texts.length).toBeGreaterThan(1000);
  expect(texts.filter(isReminded).length).toBeLessThan(texts.length / 200);
});

/** The sentences somewhere in `value`. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 25 && value.includes(' ') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test('the same words are passed over when they name a thing, a place or a public', () => {
  for (const [fit, unfit] of [
    ['La maison de santé ouvre lundi.', 'Elle a un souci de santé.'],
    ['L’association cultuelle prête sa salle.', 'Elle est très croyante.'],
    ['Cours de français pour réfugiés.', 'Il est réfugié.'],
    ['La chorale turque répète.', 'Le porteur est turc.'],
    ['Les enceintes sont louées.', 'Elle est enceinte.'],
    ['Le club compte 140 licenciés.', 'Il vient d’être licencié.'],
    ['La connexion est lente.', 'La trésorière est lente.'],
    ['La salle de gauche est libre.', 'Il est de gauche.']
  ] as const) {
    expect([isReminded(fit), isReminded(unfit)], fit).toEqual([false, true]);
  }
});

test('what is noticed is said as it was typed', () => {
  expect(findUnfitWords('Elle est MALADE et sans papiers')).toEqual([
    { kind: 'health', words: 'MALADE' },
    { kind: 'situation', words: 'sans papiers' }
  ]);
  expect(findUnfitWords('🙂 Il est hospitalisé depuis l’hiver')).toEqual([{ kind: 'health', words: 'hospitalisé' }]);
});

test('numbers are told from others by their key: a social security number, an account; a telephone by its form', () => {
  expect(isReminded('1 85 05 78 006 084 91')).toBe(true);
  expect(isReminded('1 85 05 78 006 084 92')).toBe(false);
  expect(isReminded('FR76 3000 6000 0112 3456 7890 189')).toBe(true);
  expect(isReminded('FR76 3000 6000 0112 3456 7890 188')).toBe(false);
  expect(isReminded('06.39.98.00.11')).toBe(true);
  expect(isReminded('99912345600012')).toBe(false);
});

test('a long text is read in a moment', () => {
  const before = performance.now();
  findUnfitWords('il est '.repeat(20_000));
  findUnfitWords('a'.repeat(20_000));
  findUnfitWords('FR76'.repeat(5_000));
  // A pattern that loses itself would take minutes.
  expect(performance.now() - before).toBeLessThan(10_000);
});
