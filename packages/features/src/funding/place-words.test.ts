import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeWords, PLACED_MAX_COUNT } from './place-words.rules.ts';
import labelled from './placed-words.json' with { type: 'json' };

type Labelled = readonly (readonly [string, string | null, number | null])[];
const shown = labelled.shown as unknown as Labelled;
const held = labelled.held as unknown as Labelled;

function placed([words, account, euros]: Labelled[number]) {
  const [line, ...others] = placeWords(words);
  return {
    words,
    isRight: others.length === 0 && line?.choice === account,
    isExact: (line?.cents ?? null) === (euros === null ? null : Math.round(euros * 100))
  };
}

test('« outils 400 €, assurance 180 €, local prêté » gives 60, 61 and a room lent on both sides', () => {
  expect(placeWords('outils 400 €, assurance 180 €, local prêté')).toEqual([
    { label: 'outils', choice: '60', cents: 40_000, quantityHundredths: null, unitCents: null },
    { label: 'assurance', choice: '61', cents: 18_000, quantityHundredths: null, unitCents: null },
    { label: 'local prêté', choice: '861+871', cents: null, quantityHundredths: null, unitCents: null }
  ]);
});

test('each phrase that served to write the rules stands where it was said to, with its amount', () => {
  const wrong = shown.map(placed).filter((one) => !one.isRight || !one.isExact);
  expect(wrong).toEqual([]);
});

test('of forty phrases that served only to count, nine in ten stand in the right account, and every amount is exact', () => {
  const results = held.map(placed);
  expect(results.filter((one) => !one.isExact)).toEqual([]);
  const wrong = results.filter((one) => !one.isRight).map((one) => one.words);
  expect(wrong.length, wrong.join(' · ')).toBeLessThanOrEqual(held.length / 10);
});

test('an amount alone is that of the words before it; hours have a value only when it is said', () => {
  expect(placeWords('marteaux, 3 à 18 €')).toMatchObject([{ label: 'marteaux', cents: 5400 }]);
  expect(placeWords('120 h de bénévolat à 12,50 €')).toEqual([
    { label: 'bénévolat', choice: '864+875', cents: 150_000, quantityHundredths: 12_000, unitCents: 1250 }
  ]);
  expect(placeWords('60 heures de bénévolat')).toMatchObject([{ cents: null, quantityHundredths: 6000 }]);
  expect(placeWords('outils 1 200,50 € et assurance 180')).toMatchObject([{ cents: 120_050 }, { cents: 18_000 }]);
  expect(placeWords('eau et électricité 90 €')).toMatchObject([{ label: 'eau et électricité', cents: 9000 }]);
});

test('whatever is typed, few lines come out, each with words and whole cents', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (text) => {
      const lines = placeWords(text);
      expect(lines.length).toBeLessThanOrEqual(PLACED_MAX_COUNT);
      for (const line of lines) {
        expect(line.label).not.toBe('');
        expect(line.cents === null || Number.isSafeInteger(line.cents)).toBe(true);
      }
    })
  );
});
