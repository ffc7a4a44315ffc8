import type { Support, Utility } from '../support.ts';
import { supportOf } from '../support.ts';
import type { Election } from '../election.ts';

export interface Sequence {
  /** Projects in the order of selection. */
  readonly order: readonly number[];
  /** Rounds in which two projects or more were exactly tied. */
  readonly ties: number;
}

export interface Start {
  /** Projects already chosen. */
  readonly chosen: readonly number[];
  readonly spent: bigint;
  readonly barred?: (project: number, bought: readonly number[]) => boolean;
}

/**
 * Greedy: projects by falling satisfaction per unit of money, each taken if it still fits. For `cost` that is the number
 * of votes; for `card` votes per cost, for `borda` and `points` the whole score per cost.
 */
export function greedy(
  election: Election,
  utility: Utility,
  ranks: Int32Array,
  start: Start = { chosen: [], spent: 0n }
): Sequence {
  const density = densities(supportOf(election, utility));
  const remaining = new Set(election.projects.keys());
  for (const p of start.chosen) remaining.delete(p);
  const order: number[] = [];
  let room = election.budget - start.spent;
  let ties = 0;
  for (;;) {
    const best = densest(
      election,
      remaining,
      room,
      density,
      ranks,
      (p) => start.barred?.(p, [...start.chosen, ...order]) === true
    );
    if (best === null) return { order, ties };
    ties += best.tied ? 1 : 0;
    order.push(best.project);
    remaining.delete(best.project);
    room -= election.projects[best.project]!.cost;
  }
}

interface Density {
  readonly gain: bigint;
  readonly cost: bigint;
}

function densities(support: Support): readonly Density[] {
  const { election, utility } = support;
  return election.projects.map((project, p) => ({
    gain: utility === 'cost' ? BigInt(support.votes[p]!) : exactTotal(support, p),
    cost: utility === 'cost' ? 1n : project.cost
  }));
}

export function exactTotal(support: Support, p: number): bigint {
  if (support.exactSums) return BigInt(support.total[p]!);
  let sum = 0n;
  for (let i = support.from[p]!; i < support.from[p + 1]!; i++)
    sum += BigInt(support.weight[support.group[i]!]!) * BigInt(support.by?.[i] ?? 1);
  return sum;
}

function densest(
  election: Election,
  remaining: Set<number>,
  room: bigint,
  density: readonly Density[],
  ranks: Int32Array,
  barred: (p: number) => boolean
) {
  let best = -1;
  let tied = false;
  for (const p of remaining) {
    if (election.projects[p]!.cost > room || barred(p)) {
      remaining.delete(p);
      continue;
    }
    const order = best < 0 ? 1 : compareDensity(density[p]!, density[best]!);
    if (order < 0) continue;
    if (order > 0 || ranks[p]! < ranks[best]!) {
      tied = order === 0;
      best = p;
    } else tied = true;
  }
  return best < 0 ? null : { project: best, tied };
}

/** Free projects come first when somebody wants them: their density has no bound. */
function compareDensity(a: Density, b: Density): number {
  if (a.cost === 0n || b.cost === 0n) {
    const [x, y] = [a.cost === 0n && a.gain > 0n, b.cost === 0n && b.gain > 0n];
    if (x !== y) return x ? 1 : -1;
    if (x && y) return compareBig(a.gain, b.gain);
  }
  return compareBig(a.gain * (b.cost || 1n), b.gain * (a.cost || 1n));
}

const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
