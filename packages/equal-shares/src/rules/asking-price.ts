import { U } from '../exact/rounding.ts';
import { raiseBound, supportersOf, type Room } from './room.ts';
import type { Round } from './round.ts';

/**
 * Raises the bound of project p to what its supporters' purses allow now, or drops it when they cannot pay for it
 * (false).
 *
 * With P the supporters taken to give all they hold, S what they hold and A the strength of the others, the project
 * asks at least (cost − S) / A per unit of strength, whatever P is: each supporter gives at most min(purse, rate ×
 * strength). P starts with those who hold less than the rate known so far asks, and grows until it is the set that
 * makes this an equality.
 */
export function lookAt(room: Room, round: Round, p: number): boolean {
  const cost = room.cost[p]!;
  const tally = gather(room, p);
  room.seen[p] = round.number;
  const count = room.alive[p]!;
  for (let before = Infinity; tally.rest > 0 && tally.rest < before;) {
    before = tally.rest;
    const rate = (cost - tally.given) / tally.strength;
    if (tally.least < rate) setAside(room, tally, rate);
  }
  const { given } = tally;
  // Sums of `count` terms, each purse within purseError: |S − exact| ≤ (count + 4)·2u·S + givers·purseError.
  const margin = (count + 8) * 2 * U * (cost + given) + tally.givers * round.purseError;
  const { recollection } = room;
  if (tally.rest === 0) {
    if (given + margin >= cost) return settle(room, round, p);
    room.bound[p] = Infinity;
    recollection.note(p, cost - given - margin, 0, 0);
    round.horizon?.noteOutOfReach(p, round.purseError);
    return false;
  }
  const rate = (cost - given - margin) / tally.strength;
  raiseBound(room, p, rate - Math.abs(rate) * (count + 8) * 2 * U);
  recollection.note(p, cost - given - margin, tally.strength, tally.voters - tally.givers);
  round.horizon?.noteBound(p, rate, round.purseError);
  return true;
}

/** Too close to the limit for a bound: whether the supporters hold enough is worked out. */
function settle(room: Room, round: Round, p: number): boolean {
  const payment = round.book.payment(room, round, p, 0);
  if (payment === null) return false;
  raiseBound(room, p, (payment.near - payment.error) * (1 - 8 * U));
  return true;
}

/** Supporters not yet taken to give all they hold (`rest`, of that `strength`), and voters who are (`givers`, holding `given`). */
interface Tally {
  rest: number;
  strength: number;
  given: number;
  givers: number;
  /** What the poorest of the rest holds per unit of strength. */
  least: number;
  /** All supporters who hold something. */
  voters: number;
}

/**
 * Copies the purses of p's supporters side by side, in their order, without those who have nothing left (they are out
 * for the rest of the run) and those who hold less than the known rate asks.
 */
function gather(room: Room, p: number): Tally {
  const { purse, scratch, support, rateBound, group: still, by: stillBy } = room;
  const { weight } = support;
  const { money: side, weight: sideWeight, by: sideBy } = scratch;
  const { group, by } = supportersOf(room, p);
  const known = rateBound[p]!;
  const from = support.from[p]!;
  const end = from + room.alive[p]!;
  let kept = from;
  let rest = 0;
  let strength = 0;
  let given = 0;
  let givers = 0;
  let voters = 0;
  let least = Infinity;
  for (let i = from; i < end; i++) {
    const g = group[i]!;
    const money = purse[g]!;
    if (money < 0) continue;
    const w = weight[g]!;
    const b = by === null ? 1 : by[i]!;
    still[kept] = g;
    if (stillBy !== null) stillBy[kept] = b;
    kept++;
    voters += w;
    if (money < known * b) {
      given += money * w;
      givers += w;
      continue;
    }
    if (money < least * b) least = by === null ? money : money / b;
    side[rest] = money;
    sideWeight[rest] = w;
    if (by !== null) sideBy[rest] = b;
    rest++;
    strength += w * b;
  }
  room.alive[p] = kept - from;
  return { rest, strength, given, givers, least, voters };
}

/** Sets aside those who hold less than the rate asks; the others are packed to the front. */
function setAside(room: Room, tally: Tally, rate: number): void {
  const { money, weight, by } = room.scratch;
  const plain = room.by === null;
  const end = tally.rest;
  let { given, givers } = tally;
  let kept = 0;
  let strength = 0;
  let least = Infinity;
  for (let i = 0; i < end; i++) {
    const w = weight[i]!;
    const b = plain ? 1 : by[i]!;
    const held = money[i]!;
    if (held < rate * b) {
      given += held * w;
      givers += w;
      continue;
    }
    if (held < least * b) least = plain ? held : held / b;
    money[kept] = held;
    weight[kept] = w;
    if (!plain) by[kept] = b;
    kept++;
    strength += w * b;
  }
  Object.assign(tally, { rest: kept, strength, given, givers, least });
}
