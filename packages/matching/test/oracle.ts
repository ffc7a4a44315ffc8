import type { Asker } from '../src/asker.ts';
import { metresBetween } from '../src/distance.ts';
import type { Scope, Support } from '../src/support.ts';
import type { Weights } from '../src/weights.ts';

/*
 * The same question answered the long way: every support, every condition, big integers, one sort of everything.
 * Nothing is shared with the engine but the types and the distance between two points.
 */

export interface PlainMatches {
  readonly suggestions: readonly { readonly supportId: string; readonly score: number }[];
  readonly nearMisses: readonly { readonly supportId: string; readonly missing: readonly string[] }[];
}

export function plainMatch(
  asker: Asker,
  supports: readonly Support[],
  weights: Weights,
  today: string,
  limits: { readonly suggestions: number; readonly nearMisses: number }
): PlainMatches {
  const limit = (name: keyof Weights['limits']) => weights.limits[name].value;
  const rows = supports
    .filter((support) => asker.kinds.length === 0 || asker.kinds.includes(support.kind))
    .map((support) => {
      const conditions = plainConditions(asker, support);
      const no = Object.keys(conditions).filter((name) => conditions[name] === false);
      const unknown = Object.keys(conditions).filter((name) => conditions[name] === null);
      return { support, no, score: plainScore(asker, support, weights, today, unknown.length) };
    })
    .filter(({ no }) => !no.includes('subject') && no.length <= limit('near-miss-criteria'))
    .filter(({ support, no }) => !no.includes('territory') || plainReach(asker, support, limit('near-miss-km')))
    .sort((a, b) => {
      if (a.no.length !== b.no.length) return a.no.length - b.no.length;
      if (a.score !== b.score) return a.score > b.score ? -1 : 1;
      return a.support.id < b.support.id ? -1 : 1;
    });
  return {
    suggestions: rows
      .filter(({ no }) => no.length === 0)
      .slice(0, limits.suggestions)
      .map(({ support, score }) => ({ supportId: support.id, score: Number(score) })),
    nearMisses: rows
      .filter(({ no }) => no.length > 0)
      .slice(0, limits.nearMisses)
      .map(({ support, no }) => ({ supportId: support.id, missing: no }))
  };
}

/** True, false, or null when it is not known. */
function plainConditions(asker: Asker, support: Support): Record<string, boolean | null> {
  const meets = (list: readonly string[], other: readonly string[]) => list.filter((x) => other.includes(x)).length > 0;
  const within = (value: number | null, { min, max }: { min?: number; max?: number }) => {
    if (min === undefined && max === undefined) return true;
    if (value === null) return null;
    return value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  };
  const scopes = support.scopes.map((scope) => plainCovers(asker, scope));
  const needs =
    support.kind === 'funding' || support.kind === 'information'
      ? []
      : asker.accessibility.map((need) => support.accessibility[need]);
  const spoken = support.languages;
  return {
    subject: plainSubject(asker, support),
    territory: scopes.includes(true) ? true : scopes.includes(null) || scopes.length === 0 ? null : false,
    public:
      support.publics.length === 0 || support.publics.includes('tous-publics')
        ? true
        : asker.publics.length === 0
          ? null
          : meets(asker.publics, support.publics),
    'legal-form':
      support.legalForms.length === 0
        ? true
        : asker.legalForm === null
          ? null
          : support.legalForms.includes(asker.legalForm),
    age: within(asker.ageMonths, support.ageMonths),
    employees: within(asker.employees, support.employees),
    budget: within(asker.budgetCents, support.budgetCents),
    language:
      asker.languages.length === 0
        ? true
        : spoken.length > 0
          ? meets(asker.languages, spoken)
          : asker.languages.includes('fr') || null,
    accessibility: needs.includes(false) ? false : needs.includes(undefined) ? null : true,
    dates: asker.date >= (support.openFrom ?? '0000') && asker.date <= (support.openUntil ?? '9999'),
    freshness: support.stale ? false : support.checkedOn === null ? null : true
  };
}

function plainSubject(asker: Asker, support: Support): boolean | null {
  const searched = support.textRelevance !== undefined;
  if (searched && support.textRelevance! > 0) return true;
  if (asker.themes.length === 0) return !searched;
  if (support.themes.length === 0) return searched ? false : null;
  const families = support.themes.map((code) => code.split('--')[0]);
  return asker.themes.some(({ code }) => families.includes(code.split('--')[0]));
}

function plainCovers(asker: Asker, scope: Scope): boolean | null {
  if (scope.level === 'national') return true;
  if (scope.level === 'around')
    return asker.point === null ? null : metresBetween(asker.point, scope.point) <= scope.km * 1000;
  const codes = asker.areas[scope.level];
  return codes === null ? null : codes.some((code) => scope.codes.includes(code));
}

function plainReach(asker: Asker, support: Support, km: number): boolean {
  if (asker.point !== null && support.location !== null)
    return metresBetween(asker.point, support.location) <= km * 1000;
  const communes = support.scopes.flatMap((scope) => (scope.level === 'commune' ? scope.codes : []));
  return communes.some((code) =>
    (asker.areas.departement ?? []).includes(/^9[78]/.test(code) ? code.slice(0, 3) : code.slice(0, 2))
  );
}

function plainScore(asker: Asker, support: Support, weights: Weights, today: string, unknown: number): bigint {
  const points = (name: keyof Weights['points']) => BigInt(weights.points[name].value);
  const limit = (name: keyof Weights['limits']) => BigInt(weights.limits[name].value);
  let score = -1000n * points('to-check') * BigInt(unknown);
  for (const { code, weight } of asker.themes) {
    if (support.themes.includes(code)) score += points('theme') * BigInt(weight);
    else if (support.themes.some((other) => other.split('--')[0] === code.split('--')[0]))
      score += points('family') * BigInt(weight);
  }
  for (const code of asker.publics) {
    if (support.publics.includes(code)) score += points('public') * 1000n;
    else if (support.publics.length === 0 || support.publics.includes('tous-publics')) score += points('public') * 500n;
  }
  score += points('words') * BigInt(Math.round((support.textRelevance ?? 0) * 1000));
  if (asker.point && support.location) {
    const left = limit('near-km') * 1000n - BigInt(metresBetween(asker.point, support.location));
    if (left > 0n) score += points('near') * ((1000n * left) / (limit('near-km') * 1000n));
  }
  if (support.checkedOn !== null) {
    const days = BigInt(Math.round((Date.parse(today) - Date.parse(support.checkedOn)) / 86_400_000));
    const left = limit('checked-days') - (days < 0n ? 0n : days);
    if (left > 0n) score += points('checked') * ((1000n * left) / limit('checked-days'));
  }
  if (support.load) score += points('load') * plainLoad(support.load);
  const suggested = BigInt(support.lately.suggested);
  const answered = BigInt(Math.min(support.lately.answered, support.lately.suggested));
  return score + points('turn') * ((1000n * (10n + answered)) / (10n + 2n * suggested));
}

/** 1000 × (places − 2 × open) / places, rounded down, never under −1000. */
function plainLoad({ open, places }: { open: number; places: number }): bigint {
  if (places <= 0 || open >= places) return -1000n;
  const top = 1000n * BigInt(places - 2 * open);
  const down = top / BigInt(places);
  return top % BigInt(places) < 0n ? down - 1n : down;
}
