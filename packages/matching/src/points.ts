import { MILLISECONDS_PER_DAY, type LocalDate } from '@terreau/kernel/instants';
import { covers, isOpenToAll, isSameFamily, type Case } from './criteria.ts';
import type { Fact } from './reasons.ts';
import type { Scope } from './support.ts';
import type { Weights } from './weights.ts';

/**
 * One part of the score: a whole number of thousandths of its weight, and the fact that explains it. Each is counted
 * apart from the others and none is divided by what the asker has told, so that one more thing that fits can only add.
 */
export interface Part {
  readonly weight: keyof Weights['points'] | null;
  readonly permille: (its: Case, weights: Weights, today: LocalDate) => number;
  /** Null when there is nothing to say; never when it counts. */
  readonly fact: (its: Case, today: LocalDate) => Fact | null;
}

/** A tenth of the offers made in the last 90 days weighs little; from about ten on, others get their turn. */
const TURN_SOFTENING = 10;

/** In the order in which they are said. */
export const PARTS: readonly Part[] = [
  {
    weight: 'theme',
    permille: (its) => sum(sameThemes(its), (theme) => theme.weight),
    fact: (its) => listed('theme', sameThemes(its))
  },
  {
    weight: 'family',
    permille: (its) => sum(neighbouringThemes(its), (theme) => theme.weight),
    fact: (its) => listed('family', neighbouringThemes(its))
  },
  {
    weight: 'public',
    permille: (its) => 1000 * namedPublics(its).length,
    fact: (its) => {
      const publics = namedPublics(its);
      return publics.length === 0 ? null : { code: 'public', publics };
    }
  },
  {
    weight: 'public',
    permille: (its) => 500 * admittedPublics(its),
    fact: (its) => (admittedPublics(its) === 0 ? null : { code: 'everyone' })
  },
  {
    weight: 'words',
    permille: ({ support }) => Math.round(1000 * Math.max(0, Math.min(1, support.textRelevance ?? 0))),
    fact: ({ support }) => ((support.textRelevance ?? 0) > 0 ? { code: 'words' } : null)
  },
  {
    weight: 'near',
    permille: ({ metres }, weights) => decreasing(metres, weights.limits['near-km'].value * 1000),
    fact: ({ metres }) => (metres === null ? null : { code: 'near', metres })
  },
  {
    weight: null,
    permille: () => 0,
    fact: (its) => {
      const level = coveringLevel(its);
      return level === null ? null : { code: 'covers', level };
    }
  },
  {
    weight: 'checked',
    permille: (its, weights, today) => decreasing(daysSinceCheck(its, today), weights.limits['checked-days'].value),
    fact: (its, today) => {
      const days = daysSinceCheck(its, today);
      return days === null ? null : { code: 'checked', days };
    }
  },
  {
    // From 1000 with nothing under way, through 0 half full, to -1000 when full: an actor that has no place steps back.
    weight: 'load',
    permille: ({ support: { load } }) =>
      load === null
        ? 0
        : load.places <= 0
          ? -1000
          : Math.max(-1000, Math.floor((1000 * (load.places - 2 * load.open)) / load.places)),
    fact: ({ support: { load } }) => (load === null ? null : { code: 'load', ...load })
  },
  {
    // Never proposed: 1000. Proposed often and always answering: towards 500. Proposed and silent: towards 0.
    weight: 'turn',
    permille: ({ support: { lately } }) =>
      Math.floor(
        (1000 * (TURN_SOFTENING + Math.min(lately.answered, lately.suggested))) /
          (TURN_SOFTENING + 2 * lately.suggested)
      ),
    fact: ({ support: { lately } }) => ({ code: 'turn', ...lately })
  },
  {
    weight: null,
    permille: () => 0,
    fact: ({ support }) => (support.openUntil === null ? null : { code: 'open-until', date: support.openUntil })
  }
];

const LEVELS: readonly Scope['level'][] = [
  'qpv',
  'commune',
  'around',
  'epci',
  'territory',
  'departement',
  'region',
  'national'
];

/** The closest level at which the support takes in the asker. */
function coveringLevel({ asker, support }: Case): Scope['level'] | null {
  const covering = support.scopes.filter((scope) => covers(scope, asker) === 'yes').map((scope) => scope.level);
  return LEVELS.find((level) => covering.includes(level)) ?? null;
}

function sameThemes({ asker, support }: Case) {
  return asker.themes.filter((theme) => support.themes.includes(theme.code));
}

function neighbouringThemes({ asker, support }: Case) {
  return asker.themes.filter(
    (theme) => !support.themes.includes(theme.code) && support.themes.some((code) => isSameFamily(code, theme.code))
  );
}

function listed(code: 'theme' | 'family', themes: readonly { readonly code: string }[]): Fact | null {
  return themes.length === 0 ? null : { code, themes: themes.map((theme) => theme.code) };
}

function namedPublics({ asker, support }: Case): string[] {
  return asker.publics.filter((code) => support.publics.includes(code));
}

/** How many publics of the asker come under "open to all" without being named. */
function admittedPublics(its: Case): number {
  return isOpenToAll(its.support) ? its.asker.publics.length - namedPublics(its).length : 0;
}

function daysSinceCheck({ support }: Case, today: LocalDate): number | null {
  if (support.checkedOn === null) return null;
  return Math.max(0, (Date.parse(today) - Date.parse(support.checkedOn)) / MILLISECONDS_PER_DAY);
}

/** 1000 at zero, 0 from `end` on, by whole steps. */
function decreasing(value: number | null, end: number): number {
  return value === null || value >= end ? 0 : Math.floor((1000 * (end - value)) / end);
}

function sum<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}
