import type { Asker } from './asker.ts';
import { metresBetween } from './distance.ts';
import type { Criterion, Doubt, Missing } from './reasons.ts';
import { EVERYONE, type Bounds, type Scope, type Support } from './support.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** One support before one asker. */
export interface Case {
  readonly asker: Asker;
  readonly support: Support;
  /** Between the asker and where the support is; null when either is not known. */
  readonly metres: number | null;
}

export function caseOf(asker: Asker, support: Support): Case {
  const metres = asker.point && support.location ? metresBetween(asker.point, support.location) : null;
  return { asker, support, metres };
}

/** Whether the support is of a kind that was asked for, and about what was asked. Not to be remedied: never "missing". */
export function subjectAnswer({ asker, support }: Case): Answer {
  if (asker.kinds.length > 0 && !asker.kinds.includes(support.kind)) return 'no';
  const relevance = support.textRelevance;
  if (relevance !== undefined && relevance > 0) return 'yes';
  if (asker.themes.length === 0) return relevance === undefined ? 'yes' : 'no';
  if (support.themes.length === 0) return relevance === undefined ? 'unknown' : 'no';
  return asker.themes.some((theme) => support.themes.some((code) => isSameFamily(code, theme.code))) ? 'yes' : 'no';
}

/** `numerique--a` and `numerique--b` are of one family; a code without `--` is a family of its own. */
export function isSameFamily(a: string, b: string): boolean {
  const end = a.indexOf('--');
  const length = end < 0 ? a.length : end;
  return (
    b.startsWith(end < 0 ? a : a.slice(0, end)) && (b.length === length || b.startsWith('--', length)) // "sante" is not the family of "sante-mentale--x"
  );
}

interface Check {
  readonly answer: (its: Case) => Answer;
  /** Only asked after a "no". */
  readonly missing: (its: Case) => Missing;
  /** Only asked after an "unknown". */
  readonly doubt: (its: Case) => Doubt;
}

/** All conditions but the subject, in the order in which they are said. */
export const CHECKS: Readonly<Record<Exclude<Criterion, 'subject'>, Check>> = {
  territory: {
    answer: ({ asker, support }) => anyOf(support.scopes.map((scope) => covers(scope, asker))),
    missing: ({ support, metres }) => ({ criterion: 'territory', scopes: support.scopes, metres }),
    doubt: ({ support }) => ({ criterion: 'territory', scopes: support.scopes })
  },
  public: {
    answer: ({ asker, support }) =>
      isOpenToAll(support) ? 'yes' : asker.publics.length === 0 ? 'unknown' : shares(asker.publics, support.publics),
    missing: ({ support }) => ({ criterion: 'public', codes: support.publics }),
    doubt: ({ support }) => ({ criterion: 'public', codes: support.publics })
  },
  'legal-form': {
    answer: ({ asker, support }) => {
      if (support.legalForms.length === 0) return 'yes';
      return asker.legalForm === null ? 'unknown' : shares([asker.legalForm], support.legalForms);
    },
    missing: ({ support }) => ({ criterion: 'legal-form', codes: support.legalForms }),
    doubt: ({ support }) => ({ criterion: 'legal-form', codes: support.legalForms })
  },
  age: boundsCheck(
    'age',
    (asker) => asker.ageMonths,
    (support) => support.ageMonths
  ),
  employees: boundsCheck(
    'employees',
    (asker) => asker.employees,
    (support) => support.employees
  ),
  budget: boundsCheck(
    'budget',
    (asker) => asker.budgetCents,
    (support) => support.budgetCents
  ),
  language: {
    answer: ({ asker, support }) => {
      if (asker.languages.length === 0) return 'yes';
      if (support.languages.length > 0) return shares(asker.languages, support.languages);
      return asker.languages.includes('fr') ? 'yes' : 'unknown';
    },
    missing: ({ support }) => ({ criterion: 'language', codes: support.languages }),
    doubt: ({ asker }) => ({ criterion: 'language', codes: asker.languages })
  },
  accessibility: {
    answer: ({ asker, support }) => {
      if (support.kind === 'funding' || support.kind === 'information') return 'yes'; // a sheet has no door
      if (asker.accessibility.some((need) => featureOf(support, need) === false)) return 'no';
      return asker.accessibility.some((need) => featureOf(support, need) === undefined) ? 'unknown' : 'yes';
    },
    missing: ({ asker, support }) => ({
      criterion: 'accessibility',
      codes: asker.accessibility.filter((need) => featureOf(support, need) === false)
    }),
    doubt: ({ asker, support }) => ({
      criterion: 'accessibility',
      codes: asker.accessibility.filter((need) => featureOf(support, need) === undefined)
    })
  },
  dates: {
    answer: ({ asker, support }) => (isTooEarly(asker, support) || isTooLate(asker, support) ? 'no' : 'yes'),
    missing: ({ asker, support }) =>
      isTooEarly(asker, support)
        ? { criterion: 'dates', side: 'before', date: support.openFrom }
        : { criterion: 'dates', side: 'after', date: support.openUntil ?? asker.date },
    doubt: () => ({ criterion: 'freshness' })
  },
  freshness: {
    answer: ({ support }) => (support.stale ? 'no' : support.checkedOn === null ? 'unknown' : 'yes'),
    missing: ({ support }) => ({ criterion: 'freshness', checkedOn: support.checkedOn }),
    doubt: () => ({ criterion: 'freshness' })
  }
};

/** Whether `scope` takes in the asker. Unknown when the asker's place at that level was not told. */
export function covers(scope: Scope, asker: Asker): Answer {
  if (scope.level === 'national') return 'yes';
  if (scope.level === 'around') {
    if (asker.point === null) return 'unknown';
    return metresBetween(scope.point, asker.point) <= scope.km * 1000 ? 'yes' : 'no';
  }
  const codes = asker.areas[scope.level];
  return codes === null ? 'unknown' : shares(codes, scope.codes);
}

/**
 * Outside its territory a support is only worth a word when it lies within reach, or, where distances are not known,
 * serves another commune of the same département.
 */
export function isWithinReach({ asker, support, metres }: Case, nearMissKm: number): boolean {
  if (metres !== null) return metres <= nearMissKm * 1000;
  const departements = asker.areas.departement ?? [];
  return support.scopes.some(
    (scope) =>
      scope.level === 'commune' && scope.codes.some((commune) => departements.includes(departementOfCommune(commune)))
  );
}

/** `34172` → `34`, `2A004` → `2A`, `97105` → `971`. */
export function departementOfCommune(commune: string): string {
  return commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);
}

export function isOpenToAll(support: Support): boolean {
  return isEveryone(support.publics);
}

export function isEveryone(publics: readonly string[]): boolean {
  return publics.length === 0 || publics.includes(EVERYONE);
}

function boundsCheck(
  criterion: 'age' | 'employees' | 'budget',
  valueOf: (asker: Asker) => number | null,
  boundsOf: (support: Support) => Bounds
): Check {
  return {
    answer: ({ asker, support }) => {
      const { min, max } = boundsOf(support);
      if (min === undefined && max === undefined) return 'yes';
      const value = valueOf(asker);
      if (value === null) return 'unknown';
      return (min !== undefined && value < min) || (max !== undefined && value > max) ? 'no' : 'yes';
    },
    missing: ({ asker, support }) => {
      const { min, max } = boundsOf(support);
      const value = valueOf(asker) ?? 0;
      const isBelow = min !== undefined && value < min;
      return {
        criterion,
        side: isBelow ? 'below' : 'above',
        value,
        bound: isBelow ? min : (max ?? value)
      };
    },
    doubt: ({ support }) => ({ criterion, ...boundsOf(support) })
  };
}

function anyOf(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.length === 0 || answers.includes('unknown') ? 'unknown' : 'no';
}

function shares(a: readonly string[], b: readonly string[]): Answer {
  return a.some((code) => b.includes(code)) ? 'yes' : 'no';
}

function featureOf(support: Support, need: string): boolean | undefined {
  return Object.hasOwn(support.accessibility, need) ? support.accessibility[need] : undefined;
}

function isTooEarly(asker: Asker, support: Support): support is Support & { openFrom: string } {
  return support.openFrom !== null && asker.date < support.openFrom;
}

function isTooLate(asker: Asker, support: Support): boolean {
  return support.openUntil !== null && asker.date > support.openUntil;
}
