import { votersOf, type Election } from '../election.ts';
import { add, compare, divide, minimum, multiply, rational, subtract, ZERO, type Rational } from '../exact/rational.ts';
import { supportOf, type Support, type Utility } from '../support.ts';

/**
 * EXPERIMENTAL. Equal Shares with Bounded Overspending (BOS; arXiv 2409.15005). In each round, for each project that
 * still fits and each rate at which a supporter would run out (and the rate that pays the whole cost), alpha is the part
 * of the cost that the supporters would pay at that rate, rho the rate per part paid; the project and rate with the
 * smallest rho/alpha are taken, and each supporter is charged as if all paid in full: the rest is overspent, within the
 * budget. It spends more of the budget than Equal Shares without a completion; EJR up to one project is lost, and what
 * is kept instead is a bound on how far a group can overspend. The definition may still change: do not use it to decide.
 */
export interface Overspending {
  readonly order: readonly number[];
}

export function boundedOverspending(election: Election, utility: Utility, ranks: Int32Array): Overspending {
  const support = supportOf(election, utility);
  const voters = votersOf(election);
  if (voters === 0) return { order: [] };
  const purse: Rational[] = Array.from({ length: support.weight.length }, () =>
    rational(election.budget, BigInt(voters))
  );
  const order: number[] = [];
  let left = election.budget;
  for (;;) {
    const offers = election.projects
      .map((_, p) => p)
      .filter((p) => !order.includes(p) && election.projects[p]!.cost > 0n && election.projects[p]!.cost <= left);
    const best = bestOffer(support, offers, purse, ranks);
    if (best === null) return { order };
    charge(support, best, purse);
    order.push(best.project);
    left -= election.projects[best.project]!.cost;
  }
}

interface Offer {
  readonly project: number;
  /** What is charged per unit of strength. */
  readonly rate: Rational;
  readonly score: Rational;
}

function bestOffer(
  support: Support,
  projects: readonly number[],
  purse: readonly Rational[],
  ranks: Int32Array
): Offer | null {
  let best: Offer | null = null;
  for (const p of projects) {
    for (const offer of offersOf(support, p, purse)) {
      const order = best === null ? -1 : compare(offer.score, best.score) || ranks[p]! - ranks[best.project]!;
      if (order < 0) best = offer;
    }
  }
  return best;
}

interface Backer {
  readonly weight: bigint;
  readonly strength: bigint;
  readonly held: Rational;
}

/** One offer for each rate at which somebody runs out, and for the rate that pays the whole cost. */
function offersOf(support: Support, p: number, purse: readonly Rational[]): Offer[] {
  const cost = rational(support.election.projects[p]!.cost);
  const unit = rational(support.factor[p]!);
  const backers: Backer[] = [];
  for (let i = support.from[p]!; i < support.from[p + 1]!; i++) {
    const g = support.group[i]!;
    if (purse[g]!.num > 0n)
      backers.push({ weight: BigInt(support.weight[g]!), strength: BigInt(support.by?.[i] ?? 1), held: purse[g]! });
  }
  const limits = backers.map((b) => divide(b.held, rational(b.strength)));
  const whole = rateForAll(backers, cost);
  const rates = whole === null ? limits : [...limits.filter((rate) => compare(rate, whole) < 0), whole];
  return rates.map((rate) => {
    const part = minimum(divide(collected(backers, rate), cost), rational(1n));
    const charged = divide(rate, part);
    return { project: p, rate: charged, score: divide(divide(charged, unit), part) };
  });
}

const collected = (backers: readonly Backer[], rate: Rational): Rational =>
  backers.reduce(
    (sum, b) => add(sum, multiply(rational(b.weight), minimum(b.held, multiply(rate, rational(b.strength))))),
    ZERO
  );

/** The rate at which the backers pay the whole cost together, or null when they hold too little. */
function rateForAll(backers: readonly Backer[], cost: Rational): Rational | null {
  let paying = backers;
  let missing = cost;
  while (paying.length > 0) {
    const strength = paying.reduce((sum, b) => sum + b.weight * b.strength, 0n);
    const rate = divide(missing, rational(strength));
    const short = paying.filter((b) => compare(b.held, multiply(rate, rational(b.strength))) < 0);
    if (short.length === 0) return rate;
    missing = subtract(
      missing,
      short.reduce((sum, b) => add(sum, multiply(rational(b.weight), b.held)), ZERO)
    );
    paying = paying.filter((b) => !short.includes(b));
  }
  return null;
}

function charge(support: Support, offer: Offer, purse: Rational[]): void {
  for (let i = support.from[offer.project]!; i < support.from[offer.project + 1]!; i++) {
    const g = support.group[i]!;
    const rest = subtract(purse[g]!, multiply(offer.rate, rational(BigInt(support.by?.[i] ?? 1))));
    purse[g] = rest.num > 0n ? rest : ZERO;
  }
}
