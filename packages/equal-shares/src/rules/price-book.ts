import { toDouble, type Rational } from '../exact/rational.ts';
import { U } from '../exact/rounding.ts';
import type { Support } from '../support.ts';
import { createExactRates, type Paid } from './exact-rates.ts';
import { raiseBound, supportersOf, type Room } from './room.ts';
import type { Round } from './round.ts';

/**
 * What projects ask in a run. A payment says which groups run short, with certainty, and the rate between two doubles;
 * wherever these leave something open (who runs short, which of two projects is cheaper, whether they are equal) the
 * exact fractions decide, which `exact-rates.ts` works out from who ran short in each round.
 */
export interface PriceBook {
  readonly endowmentNear: number;
  /**
   * What project p asks with the present purses; null (and out of reach from now on) if its supporters hold too little.
   * `guess`: a rate that it is thought not to exceed, 0 for none; it only saves time.
   */
  readonly payment: (room: Room, round: Round, p: number, guess: number) => Payment | null;
  /** Negative when `a` is cheaper per unit of utility than `b`. Both must belong to the present round. */
  readonly comparePrices: (a: Payment, b: Payment) => number;
  readonly record: (payment: Payment) => void;
  /** The exact rate of the last purchase; its denominator is a multiple of all earlier ones. */
  readonly lastRate: () => Rational;
}

export interface Payment extends Paid {
  /** The rate as a double, and how far it may be from the exact one. */
  readonly near: number;
  readonly error: number;
  /** The exact rate (not reduced), where it had to be worked out. */
  readonly exact: Rational | null;
}

/** Largest error of a rate, as a part of it, that is carried on to the purses; beyond it the fraction is worked out. */
const LOOSEST = 2 ** -24;

/** `closely`: the doubles of all rates are within 4u of the exact ones (a horizon counts on it). */
export function createPriceBook(support: Support, endowment: Rational, closely: boolean): PriceBook {
  const rates = createExactRates(support, endowment);
  const isClose = closely || !support.exactSums;

  function payment(room: Room, round: Round, p: number, guess: number): Payment | null {
    for (;;) {
      const sides = divide(room, round, p, guess);
      const found = (isClose ? null : settleNearly(room, p, sides)) ?? settleExactly(room, p, sides);
      if (found === 'far') continue;
      if (found === 'out of reach') {
        room.bound[p] = Infinity;
        round.horizon?.freeze();
        return null;
      }
      const strength = Number(found.strength);
      room.recollection.note(p, (found.near - found.error) * strength * (1 - 4 * U), strength, sides.payers);
      return found;
    }
  }

  /** By doubles alone; null where they leave something open. */
  function settleNearly(room: Room, p: number, sides: Sides): Payment | 'far' | null {
    const cost = room.cost[p]!;
    while (sides.strength > 0) {
      const { given, strength, short } = sides;
      const near = (cost - given) / strength;
      // The difference and the division round.
      const error = (sides.slack + 4 * U * (cost + given)) / strength + near * 4 * U;
      if (!(error <= near * LOOSEST)) return null;
      if (near + error > sides.certainUpTo) return startAgain(room, p, near - error);
      const { moved, open } = moveShort(room, p, sides, (g, by) => {
        const gap = room.purse[g]! - near * by;
        const margin = room.slack[g]! + (error + near * 8 * U) * by;
        return gap > margin ? false : gap < -margin ? true : null;
      });
      if (moved.length > 0) continue;
      return open ? null : { project: p, near, error, short, strength: BigInt(strength), exact: null };
    }
    return null;
  }

  function settleExactly(room: Room, p: number, sides: Sides): Payment | 'far' | 'out of reach' {
    const debt = rates.openDebt();
    debt.add(sides.short);
    for (;;) {
      const strength = strengthOf(sides);
      if (strength === 0n) return 'out of reach';
      const exact = rates.owing(p, strength, debt);
      const near = toDouble(exact.num, exact.den);
      if (near > sides.certainUpTo) return startAgain(room, p, near * (1 - 8 * U));
      const verdicts = new Map<string, boolean>();
      const { moved } = moveShort(room, p, sides, (g, by) => {
        const gap = room.purse[g]! - near * by;
        const margin = room.slack[g]! + near * by * 8 * U;
        return gap > margin ? false : gap < -margin || rates.holdsLess(g, by, exact, verdicts);
      });
      if (moved.length === 0) return { project: p, near, error: near * 4 * U, short: sides.short, strength, exact };
      debt.add(moved);
    }
  }

  /** Far above the bound it started from: start again from this rate, which is not above the final one either. */
  function startAgain(room: Room, p: number, rate: number): 'far' {
    raiseBound(room, p, rate);
    return 'far';
  }

  function comparePrices(a: Payment, b: Payment): number {
    const [priceA, priceB] = [a, b].map((x) => x.near / Number(support.factor[x.project]!)) as [number, number];
    const [doubtA, doubtB] = [a, b].map((x) => (x.error + x.near * 8 * U) / Number(support.factor[x.project]!)) as [
      number,
      number
    ];
    if (Math.abs(priceA - priceB) > (doubtA + doubtB) * (1 + 8 * U)) return priceA - priceB;
    const [exactA, exactB] = [a.exact ?? rates.rateNow(a), b.exact ?? rates.rateNow(b)];
    const left = exactA.num * exactB.den * support.factor[b.project]!;
    const right = exactB.num * exactA.den * support.factor[a.project]!;
    return left < right ? -1 : left > right ? 1 : 0;
  }

  return {
    endowmentNear: toDouble(endowment.num, endowment.den),
    payment,
    comparePrices,
    record: rates.record,
    lastRate: rates.lastRate
  };
}

/** The supporters of a project: who surely runs short, and of those who may pay in full the ones too close to say. */
interface Sides {
  readonly short: number[];
  /** Places among `supportersOf` the project. */
  doubtful: number[];
  /** What those who run short hold together, and how far that may be from the exact sum. */
  given: number;
  slack: number;
  /** How many are not short, and their strength together: `exactStrength` where that may not fit a double. */
  payers: number;
  strength: number;
  exactStrength: bigint | null;
  /** Whoever is in neither list pays in full at any rate up to this. */
  readonly certainUpTo: number;
}

const strengthOf = (sides: Sides): bigint => sides.exactStrength ?? BigInt(sides.strength);

/** The rate cannot be below `rateBound`: who surely holds less than that asks runs short. */
function divide(room: Room, round: Round, p: number, guess: number): Sides {
  const { purse, slack, support, alive, rateBound } = room;
  const { weight } = support;
  const { group, by } = supportersOf(room, p);
  const { purseError } = round;
  const lower = rateBound[p]! * (1 - 8 * U);
  const upper = Math.max(guess, rateBound[p]!) * (1 + 2 ** -20);
  const short: number[] = [];
  const doubtful: number[] = [];
  let given = 0;
  let lost = 0;
  let off = 0;
  let payers = 0;
  let strength = 0;
  let exactStrength = support.exactSums ? null : 0n;
  const from = support.from[p]!;
  const end = from + alive[p]!;
  for (let i = from; i < end; i++) {
    const g = group[i]!;
    const money = purse[g]!;
    if (money < 0) continue;
    const w = weight[g]!;
    const strong = by === null ? 1 : by[i]!;
    if (money + purseError < lower * strong) {
      short.push(g);
      off += slack[g]! * w;
      const more = given + money * w;
      lost += given >= money ? given - more + money * w : money * w - more + given;
      given = more;
      continue;
    }
    if (money - purseError <= upper * strong * (1 + 8 * U)) doubtful.push(i);
    payers += w;
    strength += w * strong;
    if (exactStrength !== null) exactStrength += BigInt(w) * BigInt(strong);
  }
  given += lost;
  // Neumaier's sum: 2u and a term in n·u², here taken together, and 1u for the products.
  const slackOfSum = off * (1 + (short.length + 8) * 2 * U) + 8 * U * given;
  return { short, doubtful, given, slack: slackOfSum, payers, strength, exactStrength, certainUpTo: upper };
}

/**
 * Moves those who hold less than the rate asks out of `doubtful`; returns their groups, and whether somebody is left of
 * whom that could not be said (null). Since the rate so far is not above the final one, whoever holds less now will
 * hold less then.
 */
function moveShort(
  room: Room,
  p: number,
  sides: Sides,
  isShort: (g: number, by: number) => boolean | null
): { moved: number[]; open: boolean } {
  const { group, by } = supportersOf(room, p);
  const moved: number[] = [];
  let open = false;
  sides.doubtful = sides.doubtful.filter((i) => {
    const g = group[i]!;
    const strong = by === null ? 1 : by[i]!;
    const verdict = isShort(g, strong);
    if (verdict === null) open = true;
    if (verdict !== true) return true;
    const w = room.support.weight[g]!;
    moved.push(g);
    sides.given += room.purse[g]! * w;
    sides.slack += (room.slack[g]! * w + 4 * U * sides.given) * (1 + 4 * U);
    sides.payers -= w;
    sides.strength -= w * strong;
    if (sides.exactStrength !== null) sides.exactStrength -= BigInt(w) * BigInt(strong);
    return false;
  });
  for (const g of moved) sides.short.push(g);
  return { moved, open };
}
