import { rational, toDouble, type Rational } from '../exact/rational.ts';
import { U } from '../exact/rounding.ts';
import { isWanted, type Support } from '../support.ts';
import { createPriceBook, type Payment, type PriceBook } from './price-book.ts';
import { createHorizon, type Horizon } from './horizon.ts';

/**
 * The Method of Equal Shares: every voter holds the same share; in each round the project that is cheapest per unit of
 * utility for those who want it is bought by its supporters, each paying in proportion to what they gain, or all they
 * have left; it ends when no project can be paid for by its supporters.
 *
 * How it is made fast without deciding anything in floating point:
 *  - equal ballots are one group;
 *  - what a project asks can only rise as money is spent, so an old value is a lower bound: only the projects whose
 *    bound is the smallest are looked at again;
 *  - each look yields a bound below the exact value (the margins are derived where they are added); the exact value, a
 *    fraction, is computed for the best project and for those whose bound does not exceed it, and these are compared
 *    as fractions.
 */
export interface Purchase {
  readonly project: number;
  /** What a supporter pays per unit of strength (per head for cost and card) unless they hold less; units of 10^-moneyScale, not reduced. */
  readonly rate: Rational;
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
  const room = createRoom(support);
  return {
    run: (endowment, options) => {
      const round = startRun(room, endowment, options);
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

/** Working arrays. Money is in units of 10^-moneyScale, as doubles within `purseError` of the exact value. */
export interface Room {
  readonly support: Support;
  /** What each group's voters hold; -1 once they hold exactly nothing. */
  readonly purse: Float64Array;
  /** Supporters of each project; those with nothing left are moved behind `alive[p]`. */
  readonly group: Int32Array;
  readonly by: Float64Array | null;
  readonly alive: Int32Array;
  readonly cost: Float64Array;
  readonly factor: Float64Array;
  /** A value never above the project's exact price per unit of utility; Infinity once it is out of reach. */
  readonly bound: Float64Array;
  /** The same for the rate. */
  readonly rateBound: Float64Array;
  /** The round in which `bound` was last worked out. */
  readonly seen: Int32Array;
  readonly scratch: Scratch;
}

interface Scratch {
  readonly money: Float64Array;
  readonly weight: Float64Array;
  readonly by: Float64Array;
}

export interface Round {
  readonly options: RunOptions;
  readonly book: PriceBook;
  readonly horizon: Horizon | null;
  readonly purchases: Purchase[];
  readonly bought: number[];
  number: number;
  purseError: number;
  spent: bigint;
  ties: number;
  ended: boolean;
}

function createRoom(support: Support): Room {
  const projects = support.election.projects.length;
  let widest = 0;
  for (let p = 0; p < projects; p++) widest = Math.max(widest, support.from[p + 1]! - support.from[p]!);
  return {
    support,
    purse: new Float64Array(support.weight.length),
    group: support.group.slice(),
    by: support.by?.slice() ?? null,
    alive: new Int32Array(projects),
    cost: Float64Array.from(support.election.projects, (p) => Number(p.cost)),
    factor: Float64Array.from(support.factor, Number),
    bound: new Float64Array(projects),
    rateBound: new Float64Array(projects),
    seen: new Int32Array(projects),
    scratch: {
      money: new Float64Array(widest),
      weight: new Float64Array(widest),
      by: new Float64Array(widest)
    }
  };
}

function startRun(room: Room, endowment: Rational, options: RunOptions): Round {
  const { support } = room;
  const share = toDouble(endowment.num, endowment.den);
  room.purse.fill(share);
  const book = createPriceBook(support, endowment);
  const horizon = options.step === undefined ? null : createHorizon(room, options.step);
  const round: Round = {
    options,
    book,
    horizon,
    purchases: [],
    bought: [],
    number: 0,
    purseError: 4 * U * share,
    spent: 0n,
    ties: 0,
    ended: false
  };
  for (let p = 0; p < room.alive.length; p++) {
    room.alive[p] = support.from[p + 1]! - support.from[p]!;
    room.seen[p] = -1;
    room.rateBound[p] = 0;
    // Cost over all strength: what it would ask if nobody ran short. A sum of n terms is off by less than n units.
    const first = (room.cost[p]! / support.total[p]!) * (1 - (room.alive[p]! + 8) * 2 * U);
    room.bound[p] = isWanted(support, p) ? first / room.factor[p]! : Infinity;
    if (room.alive[p]! > 0) room.rateBound[p] = first;
  }
  takeFreeProjects(room, round);
  return round;
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
  const best = findBest(room, round, ranks);
  if (best === null) {
    round.ended = true;
    return;
  }
  if (best.tiedWith.length > 0) round.ties++;
  round.horizon?.noteRound(best.payment, best.tied, round);
  buy(room, round, best.payment);
  round.purchases.push({
    project: best.payment.project,
    rate: { num: best.payment.num, den: best.payment.den },
    tiedWith: best.tiedWith,
    short: round.options.detail === true ? best.payment.short : []
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
  let tied: Payment[] = [best];
  let price = priceOf(room, best);
  const { bound } = room;
  for (let p = 0; p < bound.length; p++) {
    // No project whose bound exceeds the best price can equal it.
    if (bound[p]! > price || p === best.project) continue;
    if (room.seen[p] !== round.number && !lookAt(room, round, p)) continue;
    if (bound[p]! > price || round.options.barred?.(p, round.bought) === true) continue;
    const other = round.book.exactPayment(room, round, p);
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
const priceOf = (room: Room, payment: Payment): number => (payment.near / room.factor[payment.project]!) * (1 + 16 * U);

/** The exact payment of the project whose fresh bound is the smallest; null when none can be paid for. */
function cheapestExactly(room: Room, round: Round): Payment | null {
  for (;;) {
    const p = smallestBound(room.bound);
    if (p < 0) return null;
    if (round.options.barred?.(p, round.bought) === true) {
      room.bound[p] = Infinity;
      continue;
    }
    if (room.seen[p] !== round.number) {
      lookAt(room, round, p);
      continue;
    }
    const payment = round.book.exactPayment(room, round, p);
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

/**
 * Raises the bound of project p to what its supporters' purses allow now, or drops it when they cannot pay for it.
 *
 * With P the supporters taken to give all they hold, S what they hold and A the strength of the others, the project
 * asks at least (cost − S) / A per unit of strength, whatever P is: each supporter gives at most min(purse, rate ×
 * strength). P grows until it is the set that makes this an equality.
 */
function lookAt(room: Room, round: Round, p: number): boolean {
  room.seen[p] = round.number;
  const cost = room.cost[p]!;
  const tally = gather(room, p);
  const count = tally.rest;
  for (let before = -1; before !== tally.rest && tally.rest > 0;) {
    before = tally.rest;
    setAside(room, tally, (cost - tally.given) / tally.strength);
  }
  const { given } = tally;
  // Sums of `count` terms, each purse within purseError: |S − exact| ≤ (count + 4)·2u·S + givers·purseError.
  const margin = (count + 8) * 2 * U * (cost + given) + tally.givers * round.purseError;
  if (tally.rest === 0) {
    if (given + margin >= cost) return settleExactly(room, round, p);
    room.bound[p] = Infinity;
    round.horizon?.noteOutOfReach(p, round.purseError);
    return false;
  }
  const rate = (cost - given - margin) / tally.strength;
  const lowered = rate - Math.abs(rate) * (count + 8) * 2 * U;
  if (lowered > room.rateBound[p]!) {
    room.rateBound[p] = lowered;
    room.bound[p] = (lowered / room.factor[p]!) * (1 - 4 * U);
  }
  round.horizon?.noteBound(p, rate, round.purseError);
  return true;
}

/** Too close to the limit for doubles: the fractions say whether the supporters hold enough. */
function settleExactly(room: Room, round: Round, p: number): boolean {
  const payment = round.book.exactPayment(room, round, p);
  if (payment === null) return false;
  room.rateBound[p] = Math.max(room.rateBound[p]!, payment.near * (1 - 8 * U));
  room.bound[p] = (room.rateBound[p]! / room.factor[p]!) * (1 - 4 * U);
  return true;
}

/** Supporters not yet taken to give all they hold (`rest`, of that `strength`), and those who are (`givers`, holding `given`). */
interface Tally {
  rest: number;
  strength: number;
  given: number;
  givers: number;
}

/** Copies the purses of p's supporters side by side; those with nothing left are moved behind for the rest of the run. */
function gather(room: Room, p: number): Tally {
  const { purse, group, by, scratch, support } = room;
  const from = support.from[p]!;
  let rest = room.alive[p]!;
  let strength = 0;
  for (let i = 0; i < rest;) {
    const g = group[from + i]!;
    const money = purse[g]!;
    if (money < 0) {
      swap(room, from + i, from + --rest);
      continue;
    }
    const weight = support.weight[g]!;
    scratch.money[i] = money;
    scratch.weight[i] = weight;
    if (by !== null) scratch.by[i] = by[from + i]!;
    strength += by === null ? weight : weight * by[from + i]!;
    i++;
  }
  room.alive[p] = rest;
  return { rest, strength, given: 0, givers: 0 };
}

function swap(room: Room, a: number, b: number): void {
  const g = room.group[a]!;
  room.group[a] = room.group[b]!;
  room.group[b] = g;
  if (room.by === null) return;
  const s = room.by[a]!;
  room.by[a] = room.by[b]!;
  room.by[b] = s;
}

/** Sets aside those who hold less than the rate asks; the others are packed to the front. */
function setAside(room: Room, tally: Tally, rate: number): void {
  const { money, weight, by } = room.scratch;
  const plain = room.by === null;
  let kept = 0;
  let strength = 0;
  for (let i = 0; i < tally.rest; i++) {
    const w = weight[i]!;
    const b = plain ? 1 : by[i]!;
    if (money[i]! < rate * b) {
      tally.given += money[i]! * w;
      tally.givers += w;
      continue;
    }
    money[kept] = money[i]!;
    weight[kept] = w;
    if (!plain) by[kept] = b;
    kept++;
    strength += w * b;
  }
  tally.rest = kept;
  tally.strength = strength;
}

/**
 * Takes the payments. A full payment is rate·strength with the rate within 4u of the exact one: with the product
 * and the difference rounded, an error of at most 7u times the endowment is added to a purse in each round.
 */
function buy(room: Room, round: Round, payment: Payment): void {
  const { purse, group, by, support } = room;
  const p = payment.project;
  room.bound[p] = Infinity;
  round.book.record(payment);
  for (const g of payment.short) purse[g] = -1;
  const from = support.from[p]!;
  const end = from + room.alive[p]!;
  for (let i = from; i < end; i++) {
    const g = group[i]!;
    if (purse[g]! < 0) continue;
    const left = purse[g]! - payment.near * (by === null ? 1 : by[i]!);
    purse[g] = left > 0 ? left : 0;
  }
  round.purseError += 8 * U * round.book.endowmentNear;
}
