import type { LocalDate } from '@terreau/kernel/instants';
import { ASKER_THEMES_MAX, type Asker } from './asker.ts';
import { caseOf, CHECKS, isWithinReach, subjectAnswer, type Case } from './criteria.ts';
import { PARTS } from './points.ts';
import type { Criterion, Missing, Reason } from './reasons.ts';
import type { Support } from './support.ts';
import type { Weights } from './weights.ts';

export interface Matches {
  /** Best first; all conditions hold, or are said to be checked. */
  readonly suggestions: readonly Suggestion[];
  /** Fewest missing conditions first. */
  readonly nearMisses: readonly NearMiss[];
}

export interface Suggestion {
  readonly supportId: string;
  /** Thousandths of a point: the sum of the reasons' own. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export interface NearMiss {
  readonly supportId: string;
  readonly missing: readonly Missing[];
}

export interface MatchLimits {
  readonly suggestions: number;
  readonly nearMisses: number;
}

export const MATCH_LIMITS: MatchLimits = { suggestions: 20, nearMisses: 5 };

/**
 * Who and what can help `asker` on the day `today`. The same values give the same answer whatever the order of
 * `supports`; ids are unique, and decide between equals.
 */
export function match(
  asker: Asker,
  supports: Iterable<Support>,
  weights: Weights,
  today: LocalDate,
  limits: MatchLimits = MATCH_LIMITS
): Matches {
  const question = { ...asker, themes: asker.themes.slice(0, ASKER_THEMES_MAX) };
  const suggestions = new Best(limits.suggestions);
  const nearMisses = new Best(limits.nearMisses);
  for (const support of supports) {
    const judged = judge(caseOf(question, support), weights, today);
    if (judged === null) continue;
    (judged.missing.length === 0 ? suggestions : nearMisses).add(judged);
  }
  return {
    suggestions: suggestions.items.map((judged) => ({
      supportId: judged.its.support.id,
      score: judged.score,
      reasons: reasonsOf(judged, weights, today)
    })),
    nearMisses: nearMisses.items.map(({ its, missing }) => ({
      supportId: its.support.id,
      missing: missing.map((criterion) => CHECKS[criterion].missing(its))
    }))
  };
}

interface Judged {
  readonly its: Case;
  readonly score: number;
  readonly missing: readonly Exclude<Criterion, 'subject'>[];
  readonly unknown: readonly Criterion[];
}

const CHECK_NAMES = Object.keys(CHECKS) as Exclude<Criterion, 'subject'>[];
const NONE: readonly never[] = [];

/** Null when the support is about something else, out of reach, or misses too much. */
function judge(its: Case, weights: Weights, today: LocalDate): Judged | null {
  const subject = subjectAnswer(its);
  if (subject === 'no') return null;
  const missing: Exclude<Criterion, 'subject'>[] = [];
  const unknown: Criterion[] = subject === 'unknown' ? ['subject'] : [];
  for (const name of CHECK_NAMES) {
    const answer = CHECKS[name].answer(its);
    if (answer === 'yes') continue;
    if (answer === 'unknown') unknown.push(name);
    else if (name === 'territory' && !isWithinReach(its, weights.limits['near-miss-km'].value)) return null;
    else if (missing.push(name) > weights.limits['near-miss-criteria'].value) return null;
  }
  let score = -1000 * weights.points['to-check'].value * unknown.length;
  for (const part of PARTS)
    if (part.weight !== null) score += weights.points[part.weight].value * part.permille(its, weights, today);
  return { its, score, missing: missing.length === 0 ? NONE : missing, unknown };
}

function reasonsOf({ its, unknown }: Judged, weights: Weights, today: LocalDate): Reason[] {
  const facts = PARTS.flatMap((part): Reason[] => {
    const fact = part.fact(its, today);
    if (fact === null) return [];
    const thousandths =
      part.weight === null ? 0 : weights.points[part.weight].value * part.permille(its, weights, today);
    return [{ ...fact, thousandths }];
  });
  const doubts = unknown.map((criterion): Reason => {
    const doubt = criterion === 'subject' ? ({ criterion } as const) : CHECKS[criterion].doubt(its);
    return { code: 'to-check', ...doubt, thousandths: -1000 * weights.points['to-check'].value };
  });
  return [...facts, ...doubts];
}

/** The best few of many, in order, without sorting them all. */
class Best {
  readonly items: Judged[] = [];
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  add(judged: Judged): void {
    const last = this.items.at(-1);
    if (this.items.length >= this.#max && (last === undefined || compareJudged(judged, last) > 0)) return;
    let at = this.items.length;
    while (at > 0 && compareJudged(judged, this.items[at - 1]!) < 0) at -= 1;
    this.items.splice(at, 0, judged);
    if (this.items.length > this.#max) this.items.pop();
  }
}

/** Negative when `a` comes before `b`. */
function compareJudged(a: Judged, b: Judged): number {
  if (a.missing.length !== b.missing.length) return a.missing.length - b.missing.length;
  if (a.score !== b.score) return b.score - a.score;
  return a.its.support.id < b.its.support.id ? -1 : a.its.support.id > b.its.support.id ? 1 : 0;
}
