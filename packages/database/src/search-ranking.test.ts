import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sheetScorer, type RankedText } from './search-ranking.ts';
import type { SearchWord } from './search-plan.ts';
import { otherWords } from './search-synonyms.ts';

const word = (lexeme: string, weight = 2, variants = [{ lexeme, weight: 1 }]): SearchWord => ({
  lexeme,
  weight,
  documents: 3,
  variants
});
const sheet = (passages: string[], described: number[] = [0, 0], lexemes = 70): RankedText => ({
  passages,
  described,
  lexemes
});

describe('ranking', () => {
  const score = sheetScorer([word('atelier'), word('velo')]);

  test('the name counts more than a service, a service more than the description', () => {
    const inName = score(sheet(['natelier velo']));
    const inService = score(sheet(['nmaison commun', 'satelier velo']));
    const inDescription = score(sheet(['nmaison commun'], [0.6, 0.6]));
    expect(inName).toBeGreaterThan(inService);
    expect(inService).toBeGreaterThan(inDescription);
    expect(inDescription).toBeGreaterThan(0);
  });

  test('a house whose services begin and end as the query does comes before one that says it once', () => {
    expect(score(sheet(['nmaison', 'satelier velo', 'satelier bois velo']))).toBeGreaterThan(
      score(sheet(['nmaison', 'satelier velo', 'sdanse']))
    );
  });

  test('one service that says it all counts more than the same words scattered over two', () => {
    expect(score(sheet(['nmaison', 'satelier velo', 'sdanse']))).toBeGreaterThan(
      score(sheet(['nmaison', 'satelier', 'svelo danse']))
    );
  });

  test('a rare word counts more than a common one', () => {
    const rareFirst = sheetScorer([word('vannerie', 6), word('association', 0.5)]);
    expect(rareFirst(sheet(['nvannerie']))).toBeGreaterThan(rareFirst(sheet(['nassociation'])));
  });

  test('a near spelling says a little, another word nothing', () => {
    const one = sheetScorer([word('oceanologu', 2, [])]);
    expect(one(sheet(['noceanograph'], [0]))).toBeGreaterThan(one(sheet(['nboulanger'], [0])));
  });

  test('whatever the sheet, a score is finite and never negative', () => {
    const passage = fc
      .tuple(fc.constantFrom('n', 's', 'd', 'o', 't'), fc.string({ maxLength: 40 }))
      .map(([kind, text]) => kind + text);
    fc.assert(
      fc.property(fc.array(passage, { maxLength: 12 }), fc.nat(500), (passages, lexemes) => {
        const value = score(sheet(passages, [0, 1], lexemes));
        expect(Number.isFinite(value) && value >= 0).toBe(true);
      })
    );
  });
});

describe('other words', () => {
  test('a reading of two words holds only when both are asked', () => {
    expect(otherWords('parler français').means.join(' ')).toContain('conversation');
    expect(otherWords('parler').means).toEqual([]);
  });

  test('a territory adds its own, and an expression of several words holds only when all are asked', () => {
    const own = [{ expressions: ['Gratuiterie', 'coin des trucs'], means: 'électroménager' }];
    expect(otherWords('gratuiteries', own)).toEqual({
      said: ['gratuiteries'],
      means: ['coin des trucs électroménager']
    });
    expect(otherWords('un coin', own).means).toEqual([]);
    expect(otherWords('le coin à trucs', own).means).toEqual(['Gratuiterie électroménager']);
  });

  test('accents and plurals do not matter', () => {
    expect(otherWords('BICYCLETTES').said).toEqual(['bicyclettes']);
    expect(otherWords('Étrangère étranger').means.join(' ')).toContain('migrant');
  });
});
