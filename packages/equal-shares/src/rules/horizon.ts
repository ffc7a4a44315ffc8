import { U } from '../exact/rounding.ts';
import type { Room } from './room.ts';
import type { Round } from './round.ts';
import type { Payment } from './price-book.ts';

/**
 * How far the endowment can grow before a run can change. While the same projects are bought in the same order and the
 * same groups run short, every purse and every rate is affine in the number t of steps added to the endowment; so is
 * each bound (cost − S)/A of a project not bought, for the set that gave it. Each thing that decided the run is then an
 * inequality between affine functions that holds at t = 0, and so is each statement that a supporter gives all or pays in
 * full; as long as all hold, the run is the same. The smallest t at
 * which one may fail ends the horizon. Values and slopes are doubles, and every limit is taken on the safe side of
 * their errors: too short a horizon costs time, never exactness.
 */
export interface Horizon {
  /** After a project's bound was worked out, with the rate found. */
  readonly noteBound: (p: number, rate: number, purseError: number) => void;
  /** After a project was found out of its supporters' reach. */
  readonly noteOutOfReach: (p: number, purseError: number) => void;
  /** Before the purchase of the round is paid. */
  readonly noteRound: (winner: Payment, tied: readonly Payment[], round: Round) => void;
  /** Something was decided too closely to look ahead. */
  readonly freeze: () => void;
  readonly steps: () => number;
}

/** Longest horizon answered, in steps: whole numbers up to here are exact doubles with room to spare. */
const LONGEST_HORIZON = 2 ** 50;

export function createHorizon(room: Room, step: bigint): Horizon {
  const { support, purse } = room;
  const slope = new Float64Array(purse.length).fill(Number(step));
  const height = new Float64Array(room.cost.length);
  const rise = new Float64Array(room.cost.length);
  const strongest = support.strength === null ? 1 : support.strength.reduce((most, s) => Math.max(most, s), 0);
  let limit = LONGEST_HORIZON;
  let slopeError = 2 * U * Number(step);
  let steepest = Number(step);
  for (let p = 0; p < height.length; p++)
    height[p] =
      (room.cost[p]! / Math.max(1, support.total[p]!)) * (1 - (support.from[p + 1]! - support.from[p]! + 8) * 4 * U);

  /**
   * The inequality value + t·growth ≥ 0, each within its error. It holds at t = 0; where the value is too small to be
   * told from 0, it holds from t = 1 on if the growth surely exceeds the error.
   */
  function require(value: number, valueError: number, growth: number, growthError: number): void {
    const safeValue = value - valueError;
    const safeGrowth = growth - growthError;
    if (safeValue < 0) limit = safeGrowth + safeValue > 0 ? limit : 0;
    else if (limit * -safeGrowth > safeValue) limit = safeValue / -safeGrowth;
  }

  /** Sums over the supporters of p who hold less than `rate` asks (all of them for rate = Infinity). */
  function shortSums(
    p: number,
    rate: number
  ): { held: number; growth: number; size: number; voters: number; strength: number } {
    const { group, by, alive } = room;
    const sums = { held: 0, growth: 0, size: 0, voters: 0, strength: 0 };
    const from = support.from[p]!;
    for (let i = from; i < from + alive[p]!; i++) {
      const g = group[i]!;
      const money = purse[g]!;
      if (money < 0) continue;
      const weight = support.weight[g]!;
      const strength = by === null ? 1 : by[i]!;
      if (money < rate * strength) {
        sums.held += weight * money;
        sums.growth += weight * slope[g]!;
        sums.size += weight * Math.abs(slope[g]!);
        sums.voters += weight;
      } else sums.strength += weight * strength;
    }
    return sums;
  }

  const spread = (p: number): number => (room.alive[p]! + 8) * 4 * U;

  function noteBound(p: number, rate: number, purseError: number): void {
    const { held, growth, size, voters, strength } = shortSums(p, rate);
    if (strength === 0) return freeze();
    height[p] = (room.cost[p]! - held - voters * purseError - spread(p) * (room.cost[p]! + held)) / strength;
    height[p] -= Math.abs(height[p]!) * spread(p);
    rise[p] = -(growth + voters * slopeError + spread(p) * size) / strength;
    rise[p] -= Math.abs(rise[p]!) * spread(p);
    noteSides(
      p,
      rate,
      -growth / strength,
      purseError,
      slopeError + (voters * slopeError + spread(p) * size) / strength
    );
  }

  /** The bound itself is worked out anew when somebody changes sides: who gives all must go on, and the others too. */
  function noteSides(p: number, rate: number, rateRise: number, valueError: number, growthError: number): void {
    const { group, by, alive } = room;
    const from = support.from[p]!;
    for (let i = from; i < from + alive[p]!; i++) {
      const g = group[i]!;
      const money = purse[g]!;
      if (money < 0) continue;
      const strength = by === null ? 1 : by[i]!;
      const sign = money < rate * strength ? -1 : 1;
      require(sign * (money - rate * strength), valueError, sign * (slope[g]! - rateRise * strength), growthError);
    }
  }

  function noteOutOfReach(p: number, purseError: number): void {
    const { held, growth, size, voters } = shortSums(p, Infinity);
    require(room.cost[p]! - held, voters * purseError + spread(p) * (room.cost[p]! + held), -growth, voters *
      slopeError +
      spread(p) * size);
  }

  function noteRound(winner: Payment, tied: readonly Payment[], round: Round): void {
    const p = winner.project;
    const rates = rateSlope(winner);
    if (tied.length > 1) noteTie(tied, rates.slope === 0 && winner.short.length === 0, round);
    const height0 = winner.near / room.factor[p]!;
    const rise0 = rates.slope / room.factor[p]!;
    const riseError = rates.error / room.factor[p]! + 16 * U * Math.abs(rise0);
    const { bound, factor } = room;
    for (let q = 0; q < height.length; q++) {
      if (bound[q] === Infinity || q === p || (tied.length > 1 && tied.some((t) => t.project === q))) continue;
      const other = height[q]! / factor[q]!;
      const otherRise = rise[q]! / factor[q]!;
      require(other - height0, 16 * U * (Math.abs(other) + height0), otherRise - rise0, riseError +
        16 * U * Math.abs(otherRise));
    }
    notePayers(winner, rates, round);
    slopeError += strongest * rates.error + 8 * U * (steepest + strongest * Math.abs(rates.slope));
    steepest += strongest * Math.abs(rates.slope);
  }

  /** How the winner's rate moves with t, and by how much that may be off. */
  function rateSlope(winner: Payment): { slope: number; error: number } {
    if (winner.short.length === 0) return { slope: 0, error: 0 };
    const isShort = new Set(winner.short);
    const { group, by, alive } = room;
    const from = support.from[winner.project]!;
    let growth = 0;
    let size = 0;
    let voters = 0;
    let strength = 0;
    for (let i = from; i < from + alive[winner.project]!; i++) {
      const g = group[i]!;
      if (purse[g]! < 0) continue;
      const weight = support.weight[g]!;
      if (isShort.has(g)) {
        growth += weight * slope[g]!;
        size += weight * Math.abs(slope[g]!);
        voters += weight;
      } else strength += weight * (by === null ? 1 : by[i]!);
    }
    const value = -growth / strength;
    return {
      slope: value,
      error: (voters * slopeError + spread(winner.project) * size) / strength + spread(winner.project) * Math.abs(value)
    };
  }

  /** Those who pay in full must go on being able to, those who run short must go on running short. */
  function notePayers(winner: Payment, rates: { slope: number; error: number }, round: Round): void {
    const { group, by, alive } = room;
    const from = support.from[winner.project]!;
    const isShort = new Set(winner.short);
    for (let i = from; i < from + alive[winner.project]!; i++) {
      const g = group[i]!;
      if (purse[g]! < 0) continue;
      const strength = by === null ? 1 : by[i]!;
      const asked = winner.near * strength;
      const sign = isShort.has(g) ? -1 : 1;
      const growth = slope[g]! - rates.slope * strength;
      require(sign * (purse[g]! - asked), round.purseError + 16 * U * (purse[g]! + asked), sign * growth, slopeError +
        strength * rates.error +
        8 * U * (Math.abs(slope[g]!) + Math.abs(rates.slope * strength)));
      slope[g] = sign < 0 ? 0 : growth;
    }
  }

  /** A tie lasts only where both rates stand still: nobody runs short, now and as far as the horizon reaches. */
  function noteTie(tied: readonly Payment[], winnerStands: boolean, round: Round): void {
    if (!winnerStands || tied.some((t) => t.short.length > 0)) return freeze();
    for (const { project, near } of tied) {
      const from = support.from[project]!;
      for (let i = from; i < from + room.alive[project]!; i++) {
        const g = room.group[i]!;
        if (purse[g]! < 0) continue;
        const asked = near * (room.by === null ? 1 : room.by[i]!);
        require(purse[g]! - asked, round.purseError + 16 * U * (purse[g]! + asked), slope[g]!, slopeError);
      }
    }
  }

  function freeze(): void {
    limit = 0;
  }

  // Values were taken below the exact ones, so that at the limit itself every inequality still holds strictly.
  return { noteBound, noteOutOfReach, noteRound, freeze, steps: () => Math.floor(limit * (1 - 1e-9)) };
}
