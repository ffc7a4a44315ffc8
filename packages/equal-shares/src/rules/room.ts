import { U } from '../exact/rounding.ts';
import { isWanted, type Support } from '../support.ts';
import type { Recollection } from './recollection.ts';

/** Working arrays of one engine, used again by each run. Money is in units of 10^-moneyScale, as doubles. */
export interface Room {
  readonly support: Support;
  /** What each group's voters hold; -1 once they hold exactly nothing. */
  readonly purse: Float64Array;
  /** How far that may be from the exact amount. */
  readonly slack: Float64Array;
  /** Supporters of each project who still held something when it was last looked at: `alive[p]` of them. See `supportersOf`. */
  readonly group: Int32Array;
  readonly by: Float64Array | null;
  readonly alive: Int32Array;
  readonly cost: Float64Array;
  readonly factor: Float64Array;
  /** A value never above the project's exact price per unit of utility; Infinity once it is out of reach. */
  readonly bound: Float64Array;
  /** The same for the rate. */
  readonly rateBound: Float64Array;
  /** The round in which `bound` was last worked out; NEVER before the first time. */
  readonly seen: Int32Array;
  /** Purses of one project's supporters, side by side. */
  readonly scratch: { readonly money: Float64Array; readonly weight: Float64Array; readonly by: Float64Array };
  readonly recollection: Recollection;
}

export const NEVER = -1;

export function createRoom(support: Support, recollection: Recollection): Room {
  const projects = support.election.projects.length;
  let widest = 0;
  for (let p = 0; p < projects; p++) widest = Math.max(widest, support.from[p + 1]! - support.from[p]!);
  return {
    support,
    purse: new Float64Array(support.weight.length),
    slack: new Float64Array(support.weight.length),
    group: new Int32Array(support.group.length),
    by: support.by === null ? null : new Float64Array(support.by.length),
    alive: new Int32Array(projects),
    cost: Float64Array.from(support.election.projects, (p) => Number(p.cost)),
    factor: Float64Array.from(support.factor, Number),
    bound: new Float64Array(projects),
    rateBound: new Float64Array(projects),
    seen: new Int32Array(projects),
    scratch: { money: new Float64Array(widest), weight: new Float64Array(widest), by: new Float64Array(widest) },
    recollection
  };
}

/** Gives every voter the share; nothing has been looked at or bought. */
export function clearRoom(room: Room, share: number, shareError: number): void {
  const { support } = room;
  room.purse.fill(share);
  room.slack.fill(shareError);
  for (let p = 0; p < room.alive.length; p++) {
    room.alive[p] = support.from[p + 1]! - support.from[p]!;
    room.seen[p] = NEVER;
    // Cost over all strength: what it would ask if nobody ran short. A sum of n terms is off by less than n units.
    const first = (room.cost[p]! / support.total[p]!) * (1 - (room.alive[p]! + 8) * 2 * U);
    room.bound[p] = isWanted(support, p) ? first / room.factor[p]! : Infinity;
    room.rateBound[p] = room.alive[p]! > 0 ? first : 0;
  }
}

/** The arrays that hold the supporters of p, in `from[p] … from[p] + alive[p] − 1`. */
export const supportersOf = (room: Room, p: number): Pick<Support, 'group' | 'by'> =>
  room.seen[p] === NEVER ? room.support : room;

/** Raises the bound of p; a rate below the one known changes nothing. */
export function raiseBound(room: Room, p: number, rate: number): void {
  if (rate <= room.rateBound[p]!) return;
  room.rateBound[p] = rate;
  room.bound[p] = (rate / room.factor[p]!) * (1 - 4 * U);
}
