import { greatestCommonDivisor, toDouble, type Rational } from '../exact/rational.ts';
import type { Support } from '../support.ts';
import { U } from '../exact/rounding.ts';
import { raiseBound, supportersOf, type Room } from './room.ts';
import type { Round } from './round.ts';

/**
 * Exact prices of a run. A purse is never stored as a fraction: a voter who has paid in full for the projects bought
 * in rounds q holds endowment − Σ strength·rate(q), one who has run short holds nothing. So what those who run short
 * for a project hold together is a combination of the endowment and of earlier rates with whole coefficients (numbers
 * of voters), and the project's rate follows:
 *
 *     rate · A = cost − n·endowment + Σ n(q)·rate(q)
 *
 * Rate r has the denominator D(r) = D(r−1)·f(r), with D(−1) that of the endowment: sums are worked out from the oldest
 * rate to the newest, multiplying by one small factor at each step.
 */
export interface PriceBook {
  readonly endowmentNear: number;
  /**
   * The exact rate of project p for the present purses; null (and out of reach from now on) if its supporters hold too
   * little. `guess`: a rate that it is thought not to exceed, 0 for none; it only saves time.
   */
  readonly exactPayment: (room: Room, round: Round, p: number, guess: number) => Payment | null;
  /** Negative when `a` is cheaper per unit of utility than `b`. Both must belong to the present round. */
  readonly comparePrices: (a: Payment, b: Payment) => number;
  readonly record: (payment: Payment) => void;
}

export interface Payment {
  readonly project: number;
  /** The rate, num/den, with den = D(last round)·step. */
  readonly num: bigint;
  readonly den: bigint;
  readonly step: bigint;
  /** The rate as a double, within 2^-51 of it. */
  readonly near: number;
  /** Groups that give all they hold and end with nothing. */
  readonly short: readonly number[];
}

export function createPriceBook(support: Support, endowment: Rational): PriceBook {
  const nums: bigint[] = [];
  const steps: bigint[] = [];
  const roundOf = new Int32Array(support.election.projects.length).fill(-1);
  let denominator = endowment.den;
  const ledger: Ledger = { support, roundOf, nums, steps, endowment: endowment.num };

  function exactPayment(room: Room, round: Round, p: number, guess: number): Payment | null {
    for (;;) {
      const sides = divide(room, round, p, guess);
      const tally = createTally(ledger);
      tally.add(sides.short);
      for (;;) {
        if (sides.strength === 0n) return outOfReach(room, round, p);
        const num = support.election.projects[p]!.cost * denominator + tally.owed();
        const near = toDouble(num, denominator * sides.strength);
        if (near > sides.certainUpTo) {
          // Far above the bound it started from: start again from this rate, which is not above the final one either.
          raiseBound(room, p, near * (1 - 8 * U));
          break;
        }
        const moved = moveShort(room, round, ledger, p, sides, num, near);
        if (moved.length === 0) {
          const strength = Number(sides.strength);
          room.recollection.note(p, near * (1 - 8 * U) * strength, strength, sides.payers);
          return payment(p, num, sides.strength, sides.short);
        }
        tally.add(moved);
        sides.short.push(...moved);
      }
    }
  }

  function outOfReach(room: Room, round: Round, p: number): null {
    room.bound[p] = Infinity;
    round.horizon?.freeze();
    return null;
  }

  function payment(project: number, num: bigint, strength: bigint, short: readonly number[]): Payment {
    const shared = sharedFactor(strength, num % strength);
    const step = shared === 1n ? strength : strength / shared;
    const reduced = shared === 1n ? num : num / shared;
    const den = denominator * step;
    return { project, num: reduced, den, step, near: toDouble(reduced, den), short };
  }

  return {
    endowmentNear: toDouble(endowment.num, endowment.den),
    exactPayment,
    comparePrices: (a, b) => {
      const left = a.num * b.step * support.factor[b.project]!;
      const right = b.num * a.step * support.factor[a.project]!;
      return left < right ? -1 : left > right ? 1 : 0;
    },
    record: (bought) => {
      roundOf[bought.project] = nums.length;
      nums.push(bought.num);
      steps.push(bought.step);
      denominator = bought.den;
    }
  };
}

function sharedFactor(strength: bigint, rest: bigint): bigint {
  if (strength > MOST_EXACT) return greatestCommonDivisor(strength, rest);
  let a = Number(strength);
  let b = Number(rest);
  while (b !== 0) [a, b] = [b, a % b];
  return BigInt(a);
}

const MOST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

interface Ledger {
  readonly support: Support;
  readonly roundOf: Int32Array;
  readonly nums: readonly bigint[];
  readonly steps: readonly bigint[];
  readonly endowment: bigint;
}

/** The supporters of a project: who surely runs short, and of those who may pay in full the ones too close to say. */
interface Sides {
  readonly short: number[];
  /** Places in `room.group`. */
  doubtful: number[];
  /** Of all who are not short, and how many voters they are. */
  strength: bigint;
  payers: number;
  /** Whoever is in neither list pays in full at any rate up to this. */
  readonly certainUpTo: number;
}

/** The rate cannot be below `rateBound`: who surely holds less than that asks runs short. */
function divide(room: Room, round: Round, p: number, guess: number): Sides {
  const { purse, support, alive, rateBound } = room;
  const { weight } = support;
  const { group, by } = supportersOf(room, p);
  const lower = rateBound[p]! * (1 - 8 * U);
  const upper = Math.max(guess, rateBound[p]!) * (1 + 2 ** -20);
  const short: number[] = [];
  const doubtful: number[] = [];
  let payers = 0;
  let strength = 0;
  let exact = 0n;
  const from = support.from[p]!;
  const end = from + alive[p]!;
  for (let i = from; i < end; i++) {
    const g = group[i]!;
    const money = purse[g]!;
    if (money < 0) continue;
    const strong = by === null ? 1 : by[i]!;
    if (money + round.purseError < lower * strong) {
      short.push(g);
      continue;
    }
    if (money - round.purseError <= upper * strong * (1 + 8 * U)) doubtful.push(i);
    payers += weight[g]!;
    if (support.exactSums) strength += weight[g]! * strong;
    else exact += BigInt(weight[g]!) * BigInt(strong);
  }
  return { short, doubtful, payers, strength: support.exactSums ? BigInt(strength) : exact, certainUpTo: upper };
}

/**
 * With the rate num / (denominator·strength), moves those who hold less than it asks out of `doubtful`; returns their
 * groups. Since the rate so far is not above the final one, whoever holds less now will hold less then.
 */
function moveShort(
  room: Room,
  round: Round,
  ledger: Ledger,
  p: number,
  sides: Sides,
  num: bigint,
  near: number
): number[] {
  const moved: number[] = [];
  const verdicts = new Map<string, boolean>();
  const strength = sides.strength;
  const supporters = supportersOf(room, p);
  sides.doubtful = sides.doubtful.filter((i) => {
    const g = supporters.group[i]!;
    const by = supporters.by === null ? 1 : supporters.by[i]!;
    const gap = room.purse[g]! - near * by;
    const doubt = round.purseError + near * by * 8 * U;
    const isShort = gap > doubt ? false : gap < -doubt ? true : holdsLess(ledger, g, by, num, strength, verdicts);
    if (!isShort) return true;
    moved.push(g);
    sides.payers -= ledger.support.weight[g]!;
    sides.strength -= BigInt(ledger.support.weight[g]!) * BigInt(by);
    return false;
  });
  return moved;
}

/** Exactly: endowment − Σ paid < by · num / (denominator·strength)? Groups that paid for the same projects share the answer. */
function holdsLess(
  ledger: Ledger,
  g: number,
  by: number,
  num: bigint,
  strength: bigint,
  verdicts: Map<string, boolean>
): boolean {
  const { support, roundOf, nums, steps } = ledger;
  const paid = new Float64Array(nums.length);
  for (let i = support.start[g]!; i < support.start[g + 1]!; i++) {
    const r = roundOf[support.project[i]!]!;
    if (r >= 0) paid[r] = support.strength === null ? 1 : support.strength[i]!;
  }
  const key = `${by}|${paid.join()}`;
  const known = verdicts.get(key);
  if (known !== undefined) return known;
  let purse = ledger.endowment;
  for (let r = 0; r < nums.length; r++) purse = purse * steps[r]! - (paid[r] === 0 ? 0n : BigInt(paid[r]!) * nums[r]!);
  const verdict = purse * strength < BigInt(by) * num;
  verdicts.set(key, verdict);
  return verdict;
}

interface OwedTally {
  readonly add: (groups: readonly number[]) => void;
  /** −(what the groups added hold), as a numerator over the present denominator. */
  readonly owed: () => bigint;
}

function createTally(ledger: Ledger): OwedTally {
  const { support, roundOf, nums, steps } = ledger;
  const paid = new Float64Array(nums.length);
  /** Instead of `paid`, where sums may not fit a double. */
  const exactly = support.exactSums ? null : Array.from(nums, () => 0n);
  let voters = 0;
  return {
    add: (groups) => {
      const { weight, start, project, strength } = support;
      for (const g of groups) {
        const w = weight[g]!;
        voters += w;
        const end = start[g + 1]!;
        for (let i = start[g]!; i < end; i++) {
          const r = roundOf[project[i]!]!;
          if (r < 0) continue;
          const s = strength === null ? 1 : strength[i]!;
          if (exactly === null) paid[r]! += w * s;
          else exactly[r]! += BigInt(w) * BigInt(s);
        }
      }
    },
    owed: () => {
      if (voters === 0) return 0n;
      let sum = -BigInt(voters) * ledger.endowment;
      for (let r = 0; r < nums.length; r++) {
        sum *= steps[r]!;
        const units = exactly === null ? BigInt(paid[r]!) : exactly[r]!;
        if (units !== 0n) sum += units * nums[r]!;
      }
      return sum;
    }
  };
}
