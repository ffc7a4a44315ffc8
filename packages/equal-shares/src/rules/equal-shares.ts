import { rational, type Rational } from '../exact/rational.ts';
import { U } from '../exact/rounding.ts';
import { isWanted, type Support } from '../support.ts';
import { lookAt } from './asking-price.ts';
import type { Payment } from './price-book.ts';
import { createRecollection } from './recollection.ts';
import { createRoom, type Room } from './room.ts';
import { startRun, takePayments, type Round } from './round.ts';

/**
 * The Method of Equal Shares: every voter holds the same share; in each round the project that is cheapest per unit of
 * utility for those who want it is bought by its supporters, each paying in proportion to what they gain, or all they
 * have left; it ends when no project can be paid for by its supporters.
 *
 * How it is made fast without deciding anything in floating point:
 *  - equal ballots are one group;
 *  - what a project asks can only rise as money is spent, so an old value is a lower bound: only the projects whose
 *    bound is the smallest are looked at again;
 *  - each look yields a bound below the exact value (the margins are derived where they are added); the best project and
 *    those whose bound does not exceed it are compared by the two doubles between which their rate surely lies, and as
 *    fractions wherever that leaves anything open;
 *  - a run recalls what earlier ones found out (recollection.ts).
 */
export interface Purchase {
  readonly project: number;
  /**
   * What a supporter pays per unit of strength (per head for cost and card) unless they hold less; units of
   * 10^-moneyScale, not reduced. Null unless `detail` was asked for.
   */
  readonly rate: Rational | null;
  /** The other projects whose price per unit of utility was exactly the same in this round. */
  readonly tiedWith: readonly number[];
  /** Groups that gave all they held and ended with nothing; only where `detail` was asked for. */
  readonly short: readonly number[];
}

export interface Run {
  /** What each voter started with, in units of 10^-moneyScale. */
  readonly endowment: Rational;
  readonly purchases: readonly Purchase[];
  /** True when the last purchase took the total above the limit; the run was given up there. */
  readonly overspent: boolean;
  readonly spent: bigint;
  /** Rounds in which two projects or more were exactly tied. */
  readonly ties: number;
  /** How many further steps of the endowment are proved to give the same purchases (0 when not asked for). */
  readonly sameFor: number;
}

export interface RunOptions {
  /** The run is given up once it has spent more than this. */
  readonly limit: bigint;
  /** Size of one step of the endowment, when `sameFor` is wanted. */
  readonly step?: bigint;
  /** Whether purchases tell who ran short. */
  readonly detail?: boolean;
  /** Projects that may not be bought, and a say after each purchase (for groups and variants). */
  readonly barred?: (project: number, bought: readonly number[]) => boolean;
}

export interface EqualSharesEngine {
  readonly run: (endowment: Rational, options: RunOptions) => Run;
}

/** One engine serves many runs of the same support: its working arrays are reused. `ranks` comes from `tieRanks`. */
export function createEngine(support: Support, ranks: Int32Array): EqualSharesEngine {
  const room = createRoom(support, createRecollection(support));
  return {
    run: (endowment, options) => {
      const round = startRun(room, endowment, options);
      takeFreeProjects(room, round);
      while (!round.ended) playRound(room, round, ranks);
      return {
        endowment,
        purchases: round.purchases,
        overspent: round.spent > options.limit,
        spent: round.spent,
        ties: round.ties,
        sameFor: round.horizon?.steps() ?? 0
      };
    }
  };
}

/** A project that costs nothing and that somebody wants is bought at once: it takes nothing from anybody. */
function takeFreeProjects(room: Room, round: Round): void {
  const { projects } = room.support.election;
  const free = projects
    .map((_, p) => p)
    .filter(
      (p) => projects[p]!.cost === 0n && isWanted(room.support, p) && round.options.barred?.(p, round.bought) !== true
    );
  for (const p of free) {
    room.bound[p] = Infinity;
    round.purchases.push({ project: p, rate: rational(0n), tiedWith: [], short: [] });
    round.bought.push(p);
  }
}

function playRound(room: Room, round: Round, ranks: Int32Array): void {
  // A horizon needs every bound with the purses behind it.
  if (round.horizon === null) room.recollection.recall(room, round.number);
  else room.recollection.pass(round.number);
  const best = findBest(room, round, ranks);
  if (best === null) {
    round.ended = true;
    return;
  }
  if (best.tiedWith.length > 0) round.ties++;
  round.horizon?.noteRound(best.payment, best.tied, round);
  takePayments(room, round, best.payment);
  const isDetailed = round.options.detail === true;
  room.recollection.noteBought(best.payment);
  round.purchases.push({
    project: best.payment.project,
    rate: isDetailed ? round.book.lastRate() : null,
    tiedWith: best.tiedWith,
    short: isDetailed ? best.payment.short : []
  });
  round.bought.push(best.payment.project);
  round.spent += room.support.election.projects[best.payment.project]!.cost;
  round.ended = round.spent > round.options.limit;
  round.number++;
}

interface Best {
  readonly payment: Payment;
  readonly tied: readonly Payment[];
  readonly tiedWith: readonly number[];
}

function findBest(room: Room, round: Round, ranks: Int32Array): Best | null {
  let best = cheapestExactly(room, round);
  if (best === null) return null;
  const found = best.project;
  let tied: Payment[] = [best];
  let price = priceOf(room, best);
  const { bound } = room;
  for (let p = 0; p < bound.length; p++) {
    // No project whose bound exceeds the best price can equal it.
    if (bound[p]! > price || p === found) continue;
    if (room.seen[p] !== round.number && !lookAt(room, round, p)) continue;
    if (bound[p]! > price || round.options.barred?.(p, round.bought) === true) continue;
    const other = round.book.payment(room, round, p, 0);
    if (other === null) continue;
    const order = round.book.comparePrices(other, best);
    if (order > 0) continue;
    if (order < 0) tied = [];
    tied.push(other);
    if (order === 0 && ranks[p]! > ranks[best.project]!) continue;
    best = other;
    price = priceOf(room, best);
  }
  const chosen = best;
  return {
    payment: chosen,
    tied,
    tiedWith: tied.length > 1 ? tied.filter((t) => t !== chosen).map((t) => t.project) : []
  };
}

/** A value not below the price of the payment. */
const priceOf = (room: Room, payment: Payment): number =>
  ((payment.near + payment.error) / room.factor[payment.project]!) * (1 + 16 * U);

/** The exact payment of the project whose fresh bound is the smallest; null when none can be paid for. */
function cheapestExactly(room: Room, round: Round): Payment | null {
  for (;;) {
    const p = smallestBound(room.bound);
    if (p < 0) return null;
    if (round.options.barred?.(p, round.bought) === true) {
      room.bound[p] = Infinity;
      continue;
    }
    // What was bought here in the last run is most likely bought again: its exact price is worked out at once.
    const isExpected = round.horizon === null && room.recollection.expected() === p;
    if (room.seen[p] !== round.number && !isExpected) {
      lookAt(room, round, p);
      continue;
    }
    const guess = isExpected ? room.recollection.expectedRate() : 0;
    const payment = round.book.payment(room, round, p, guess);
    if (payment !== null) return payment;
  }
}

function smallestBound(bound: Float64Array): number {
  let least = Infinity;
  let at = -1;
  for (let p = 0; p < bound.length; p++) {
    if (bound[p]! < least) {
      least = bound[p]!;
      at = p;
    }
  }
  return at;
}
