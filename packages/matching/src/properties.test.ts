import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyAsker, anySupport, someSupports } from '../test/generated.ts';
import { plainMatch } from '../test/oracle.ts';
import type { Asker } from './asker.ts';
import { match, type Matches } from './match.ts';
import { sayMissing, sayReason, type Language } from './say.ts';
import { SupportIndex } from './support-index.ts';
import { EVERYONE, type Support } from './support.ts';
import { WEIGHTS } from './weights.ts';

const TODAY = '2026-11-26';
const ALL = { suggestions: 1000, nearMisses: 1000 };
const label = (_: string, code: string) => code;

describe('on generated catalogues', () => {
  test('the engine agrees with a plain recount of everything', () => {
    fc.assert(
      fc.property(anyAsker, someSupports, fc.nat(6), (asker, supports, few) => {
        for (const limits of [ALL, { suggestions: few, nearMisses: few }])
          expect(outline(match(asker, supports, WEIGHTS, TODAY, limits))).toEqual(
            plainMatch(asker, supports, WEIGHTS, TODAY, limits)
          );
      }),
      { numRuns: 1500 }
    );
  });

  test('the index answers as the whole list does, with and without searched words', () => {
    fc.assert(
      fc.property(
        anyAsker,
        someSupports,
        fc.array(fc.constantFrom(0.2, 0.9), { maxLength: 4 }),
        (asker, all, found) => {
          expect(new SupportIndex(all).match(asker, WEIGHTS, TODAY)).toEqual(match(asker, all, WEIGHTS, TODAY));
          const relevance = new Map(found.map((value, i) => [all[(i * 7) % all.length]!.id, value]));
          const told = all.map((support) => ({ ...support, textRelevance: relevance.get(support.id) ?? 0 }));
          expect(new SupportIndex(all).match(asker, WEIGHTS, TODAY, relevance)).toEqual(
            match(asker, told, WEIGHTS, TODAY)
          );
        }
      ),
      { numRuns: 1500 }
    );
  });

  test('the order of the catalogue and of what was told changes nothing', () => {
    fc.assert(
      fc.property(anyAsker, someSupports, (asker, supports) => {
        const turned = { ...asker, themes: [...asker.themes].reverse(), publics: [...asker.publics].reverse() };
        expect(outline(match(turned, [...supports].reverse(), WEIGHTS, TODAY, ALL))).toEqual(
          outline(match(asker, supports, WEIGHTS, TODAY, ALL))
        );
      }),
      { numRuns: 500 }
    );
  });

  test('a score is a whole number and the sum of its reasons; each reason and each lack can be said', () => {
    fc.assert(
      fc.property(anyAsker, someSupports, fc.constantFrom<Language>('fr', 'en'), (asker, supports, language) => {
        const { suggestions, nearMisses } = match(asker, supports, WEIGHTS, TODAY, ALL);
        for (const { score, reasons } of suggestions) {
          expect(Number.isSafeInteger(score)).toBe(true);
          expect(reasons.reduce((sum, reason) => sum + reason.thousandths, 0)).toBe(score);
          for (const reason of reasons) expect(sayReason(reason, language, label)).toMatch(/^\S.*\S\.$/u);
        }
        for (const { missing } of nearMisses) {
          expect([1, 2]).toContain(missing.length);
          for (const lack of missing) {
            const said = sayMissing(lack, language, label);
            expect(said).toMatch(/^\S.*\.$/u);
            expect(said).not.toMatch(/undefined|NaN|null/);
          }
        }
      }),
      { numRuns: 500 }
    );
  });
});

describe('one more thing that fits', () => {
  test('never lowers the place of a support', () => {
    fc.assert(
      fc.property(anyAsker, someSupports, fc.nat(100), fc.nat(13), (asker, supports, at, which) => {
        const index = at % supports.length;
        const before = supports[index]!;
        const better = IMPROVEMENTS[which % IMPROVEMENTS.length]!(before, asker);
        const after = supports.map((support, i) => (i === index ? better : support));
        expect(placeOf(before.id, match(asker, after, WEIGHTS, TODAY, ALL))).toBeLessThanOrEqual(
          placeOf(before.id, match(asker, supports, WEIGHTS, TODAY, ALL))
        );
      }),
      { numRuns: 4000 }
    );
  });

  test('told by the asker: no support that came after one that has it comes before it now', () => {
    fc.assert(
      fc.property(anyAsker, someSupports, fc.nat(100), fc.nat(10), (asker, supports, at, which) => {
        const favoured = supports[at % supports.length]!;
        const more = MORE_TOLD[which % MORE_TOLD.length]!(asker, favoured);
        const before = match(asker, supports, WEIGHTS, TODAY, ALL).suggestions.map((found) => found.supportId);
        const after = match(more, supports, WEIGHTS, TODAY, ALL).suggestions.map((found) => found.supportId);
        if (!before.includes(favoured.id)) return;
        expect(after).toContain(favoured.id);
        const ahead = new Set(before.slice(0, before.indexOf(favoured.id)));
        const overtaking = after
          .slice(0, after.indexOf(favoured.id))
          .filter((id) => before.includes(id) && !ahead.has(id));
        expect(overtaking).toEqual([]);
      }),
      { numRuns: 4000 }
    );
  });

  test('an actor that is full, always proposed or silent steps back behind its like', () => {
    fc.assert(
      fc.property(anyAsker, anySupport, fc.integer({ min: 1, max: 500 }), (asker, support, times) => {
        const calm = { ...support, id: 'b', load: { open: 0, places: 5 }, lately: { suggested: 0, answered: 0 } };
        const others: Partial<Support>[] = [
          { load: { open: 5, places: 5 } },
          { lately: { suggested: times, answered: times } },
          { lately: { suggested: times, answered: 0 } }
        ];
        for (const busy of others) {
          const { suggestions } = match(asker, [{ ...calm, ...busy, id: 'a' }, calm], WEIGHTS, TODAY);
          if (suggestions.length > 0) expect(suggestions.map((found) => found.supportId)).toEqual(['b', 'a']);
        }
      })
    );
  });
});

const IMPROVEMENTS: readonly ((support: Support, asker: Asker) => Support)[] = [
  (support, asker) => ({
    ...support,
    themes: union(
      support.themes,
      asker.themes.slice(0, 1).map(({ code }) => code)
    )
  }),
  (support, asker) =>
    support.publics.length === 0 ? support : { ...support, publics: union(support.publics, asker.publics) },
  (support) => (support.publics.length === 0 ? support : { ...support, publics: union(support.publics, [EVERYONE]) }),
  (support, asker) =>
    asker.legalForm === null || support.legalForms.length === 0
      ? support
      : { ...support, legalForms: union(support.legalForms, [asker.legalForm]) },
  (support, asker) => ({ ...support, languages: union(support.languages, asker.languages) }),
  (support, asker) => ({
    ...support,
    accessibility: { ...support.accessibility, ...Object.fromEntries(asker.accessibility.map((need) => [need, true])) }
  }),
  (support) => ({ ...support, scopes: [...support.scopes, { level: 'national' }] }),
  (support, asker) => (asker.point ? { ...support, location: asker.point } : support),
  (support) => ({ ...support, ageMonths: {}, employees: {}, budgetCents: {} }),
  (support) => ({ ...support, openFrom: null, openUntil: null }),
  (support) => ({ ...support, checkedOn: TODAY, stale: false }),
  (support) => ({ ...support, load: { open: 0, places: 5 } }),
  (support) => ({ ...support, lately: { suggested: 0, answered: 0 } }),
  (support) => ({ ...support, textRelevance: 1 })
];

const MORE_TOLD: readonly ((asker: Asker, support: Support) => Asker)[] = [
  (asker, support) => ({
    ...asker,
    themes: [
      ...asker.themes,
      ...support.themes
        .filter((code) => asker.themes.every((theme) => theme.code !== code))
        .slice(0, 1)
        .map((code) => ({ code, weight: 700 }))
    ]
  }),
  (asker, support) => ({
    ...asker,
    publics: union(
      asker.publics,
      support.publics.filter((code) => code !== EVERYONE && !asker.publics.includes(code)).slice(0, 1)
    )
  }),
  (asker, support) => ({
    ...asker,
    accessibility: union(
      asker.accessibility,
      Object.keys(support.accessibility).filter((feature) => support.accessibility[feature])
    )
  }),
  (asker, support) => (asker.languages.length > 0 ? asker : { ...asker, languages: support.languages.slice(0, 1) }),
  (asker, support) => (asker.kinds.length > 0 ? asker : { ...asker, kinds: [support.kind] }),
  (asker, support) =>
    asker.legalForm === null && support.legalForms[0] ? { ...asker, legalForm: support.legalForms[0] } : asker
];

/** The place in the list of suggestions, then among what is nearly possible; last when it is in neither. */
function placeOf(id: string, { suggestions, nearMisses }: Matches): number {
  const place = [...suggestions, ...nearMisses].findIndex((found) => found.supportId === id);
  return place < 0 ? Infinity : place;
}

function outline({ suggestions, nearMisses }: Matches) {
  return {
    suggestions: suggestions.map(({ supportId, score }) => ({ supportId, score })),
    nearMisses: nearMisses.map(({ supportId, missing }) => ({
      supportId,
      missing: missing.map(({ criterion }) => criterion)
    }))
  };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}
