import { expect, test } from 'vitest';
import heldOut from './unfit-words.held-out.json' with { type: 'json' };
import { findUnfitWords } from './unfit-words.rules.ts';
import sentences from './unfit-words.sentences.json' with { type: 'json' };

const isReminded = (text: string) => findUnfitWords(text).length > 0;

/** Of the unfit sentences, those noticed; of the fit ones, those taken for unfit. */
function figures(unfit: readonly string[], fit: readonly string[]) {
  const missed = unfit.filter((text) => !isReminded(text));
  const falseAlarms = fit.filter(isReminded);
  const noticed = unfit.length - missed.length;
  return { missed, falseAlarms, recall: noticed / unfit.length, precision: noticed / (noticed + falseAlarms.length) };
}

// Written before the rules, in two rounds: the first run noticed 80 of 81 unfit sentences with 5 false alarms among 85;
// on the 44 added after it, 9 of 22 with 4 false alarms. The rules were then made to suit all of them.
test('of 210 sentences, the 103 unfit ones are noticed and none of the 107 others is: recall 1, precision 1', () => {
  expect([sentences.unfit.length, sentences.fit.length]).toEqual([103, 107]);
  const found = figures(
    sentences.unfit.map(([, text]) => text!),
    sentences.fit
  );
  expect(found).toEqual({ missed: [], falseAlarms: [], recall: 1, precision: 1 });
  for (const [kind, text] of sentences.unfit) {
    expect(
      findUnfitWords(text!).map((words) => words.kind),
      text
    ).toContain(kind);
  }
});

// What it is worth where no rule was made to suit: people have more words than a list. It seldom cries wolf, and it
// misses more than half, which is why the reminder stands above the fields whatever is typed.
test('of 48 sentences that no rule was made to suit, 9 of 24 unfit ones are noticed and none of the others', () => {
  const { recall, precision } = figures(heldOut.unfit, heldOut.fit);
  expect(recall).toBe(9 / 24);
  expect(precision).toBe(1);
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
  expect(performance.now() - before).toBeLessThan(500);
});
