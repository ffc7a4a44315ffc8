import type { Election } from '../election.ts';
import { supportOf, type Utility } from '../support.ts';
import { exactTotal } from './greedy.ts';

export interface Welfare {
  /** Utility × voters, summed over the set: units of 10^-moneyScale for `cost`. */
  readonly welfare: bigint;
  readonly chosen: readonly number[];
  /** True when no set does better; false when the time or the number of steps given was used up: a better one may exist. */
  readonly proved: boolean;
  /** No set does better than this. Equal to `welfare` when proved. */
  readonly atMost: bigint;
}

/** Most branches looked at unless told otherwise; about a second of work. */
export const BRANCHES = 5_000_000;

/**
 * The set of projects of the largest total utility that fits in the budget: a knapsack, solved by branch and bound.
 * Projects stand by falling value per cost; the bound of a branch fills the rest of the budget with parts of projects,
 * rounded down to a whole number since every total is one. All in whole numbers.
 */
export function maxWelfare(election: Election, utility: Utility, branches: number = BRANCHES): Welfare {
  const support = supportOf(election, utility);
  const worth = election.projects.map(
    (project, p) => exactTotal(support, p) * (utility === 'cost' ? project.cost : 1n)
  );
  const free = election.projects.map((_, p) => p).filter((p) => election.projects[p]!.cost === 0n && worth[p]! > 0n);
  const items = election.projects
    .map((project, p) => ({ p, cost: project.cost, worth: worth[p]! }))
    .filter((item) => item.worth > 0n && item.cost > 0n && item.cost <= election.budget)
    .sort((a, b) => compareBig(b.worth * a.cost, a.worth * b.cost) || compareBig(b.worth, a.worth));
  const search = createSearch(items, election.budget, branches);
  const base = free.reduce((sum, p) => sum + worth[p]!, 0n);
  const found = search();
  return {
    welfare: found.worth + base,
    chosen: [...free, ...found.chosen].sort((a, b) => a - b),
    proved: found.proved,
    atMost: found.atMost + base
  };
}

interface Item {
  readonly p: number;
  readonly cost: bigint;
  readonly worth: bigint;
}

function createSearch(
  items: readonly Item[],
  budget: bigint,
  branches: number
): () => { worth: bigint; chosen: number[]; proved: boolean; atMost: bigint } {
  const taken: boolean[] = items.map(() => false);
  let best = -1n;
  let bestTaken: number[] = [];
  let looked = 0;

  /** Fills the room from item i on, the last one in part. */
  function bound(i: number, room: bigint, worth: bigint): bigint {
    let left = room;
    let sum = worth;
    for (; i < items.length; i++) {
      const item = items[i]!;
      if (item.cost > left) return sum + (item.worth * left) / item.cost;
      left -= item.cost;
      sum += item.worth;
    }
    return sum;
  }

  function visit(i: number, room: bigint, worth: bigint): boolean {
    if (looked++ >= branches) return false;
    if (worth > best) {
      best = worth;
      bestTaken = items.filter((_, k) => k < i && taken[k]).map((item) => item.p);
    }
    if (i === items.length || bound(i, room, worth) <= best) return true;
    const item = items[i]!;
    let isComplete = true;
    if (item.cost <= room) {
      taken[i] = true;
      isComplete = visit(i + 1, room - item.cost, worth + item.worth);
      taken[i] = false;
    }
    return visit(i + 1, room, worth) && isComplete;
  }

  return () => {
    const proved = visit(0, budget, 0n);
    return { worth: best, chosen: bestTaken, proved, atMost: proved ? best : bound(0, budget, 0n) };
  };
}

const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
