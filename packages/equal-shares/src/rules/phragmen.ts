import { toDouble } from '../exact/rational.ts';
import { supportOf, type Support } from '../support.ts';
import type { Election } from '../election.ts';
import type { Sequence } from './greedy.ts';
import { U } from '../exact/rounding.ts';

/**
 * Sequential Phragmén: voters earn money at the same pace; a project is bought as soon as its supporters together hold
 * its cost, which empties their purses. A voter's load is the moment of their last purchase, so a project p would be
 * bought at (cost + Σ loads of its supporters) / supporters, and the smallest moment comes first.
 *
 * `skip` false (as the reference library): ends as soon as any of the projects due next does not fit.
 * `skip` true: projects that do not fit are passed over. Projects that nobody supports are never due: they come last.
 */
export function phragmen(election: Election, ranks: Int32Array, options: { readonly skip: boolean }): Sequence {
  const state = startLoads(supportOf(election, 'card'));
  const order: number[] = [];
  let left = election.budget;
  let ties = 0;
  for (let round = 0; ; round++) {
    if (options.skip) drop(state, (p) => election.projects[p]!.cost > left);
    const due = findDue(state, round);
    if (due.length === 0 || due.some((d) => election.projects[d.project]!.cost > left)) return { order, ties };
    const chosen = due.reduce((best, d) => (ranks[d.project]! < ranks[best.project]! ? d : best));
    if (due.length > 1) ties++;
    buy(state, chosen);
    order.push(chosen.project);
    left -= election.projects[chosen.project]!.cost;
  }
}

/**
 * Loads are exact fractions of money: load(r) = num(r) / D(r) with D(r) = D(r−1)·step(r), one for each purchase. A group
 * only remembers the purchase it paid for last. Moments only grow, so an old one is a lower bound.
 */
interface Loads {
  readonly support: Support;
  /** The last purchase each group took part in, or -1. */
  readonly last: Int32Array;
  readonly nums: bigint[];
  readonly steps: bigint[];
  denominator: bigint;
  /** Below the exact moment; Infinity once the project is bought, dropped or without supporters. */
  readonly bound: Float64Array;
  readonly seen: Int32Array;
  /** Projects without supporters, and neither bought nor dropped. */
  readonly unwanted: Set<number>;
}

interface Due {
  readonly project: number;
  readonly num: bigint;
  readonly den: bigint;
  readonly step: bigint;
}

function startLoads(support: Support): Loads {
  const { projects, budget } = support.election;
  const state: Loads = {
    support,
    last: new Int32Array(support.weight.length).fill(-1),
    nums: [],
    steps: [],
    denominator: 1n,
    bound: Float64Array.from(projects, (project, p) =>
      support.votes[p] === 0 ? Infinity : (Number(project.cost) / support.votes[p]!) * (1 - 8 * U)
    ),
    seen: new Int32Array(projects.length).fill(-1),
    unwanted: new Set(projects.map((_, p) => p).filter((p) => support.votes[p] === 0))
  };
  drop(state, (p) => projects[p]!.cost > budget);
  return state;
}

function drop(state: Loads, without: (project: number) => boolean): void {
  for (let p = 0; p < state.bound.length; p++) {
    if (!without(p)) continue;
    state.bound[p] = Infinity;
    state.unwanted.delete(p);
  }
}

/** The projects whose exact moment is the smallest. */
function findDue(state: Loads, round: number): readonly Due[] {
  let due: Due[] = [];
  let least = Infinity;
  for (;;) {
    const p = nextToLookAt(state, round, least);
    if (p < 0) break;
    state.seen[p] = round;
    const moment = exactMoment(state, p);
    const near = toDouble(moment.num, moment.den);
    state.bound[p] = near * (1 - 8 * U);
    const order = due.length === 0 ? -1 : compareMoments(moment, due[0]!);
    if (order < 0) due = [moment];
    else if (order === 0) due.push(moment);
    least = Math.min(least, near * (1 + 8 * U));
  }
  if (due.length > 0) return due;
  return [...state.unwanted].map((project) => ({ project, num: 0n, den: state.denominator, step: 1n }));
}

/** The project with the smallest bound among those not looked at in this round and not surely later than `least`. */
function nextToLookAt(state: Loads, round: number, least: number): number {
  let at = -1;
  let smallest = least;
  for (let p = 0; p < state.bound.length; p++) {
    if (state.seen[p] === round || state.bound[p] === Infinity || state.bound[p]! > smallest) continue;
    smallest = state.bound[p]!;
    at = p;
  }
  return at;
}

function exactMoment(state: Loads, project: number): Due {
  const { support, last, nums, steps, denominator } = state;
  const voters = new Float64Array(nums.length);
  for (let i = support.from[project]!; i < support.from[project + 1]!; i++) {
    const g = support.group[i]!;
    if (last[g]! >= 0) voters[last[g]!]! += support.weight[g]!;
  }
  let loads = 0n;
  for (let r = 0; r < nums.length; r++) {
    loads *= steps[r]!;
    if (voters[r]! > 0) loads += BigInt(voters[r]!) * nums[r]!;
  }
  const step = BigInt(support.votes[project]!);
  return {
    project,
    num: support.election.projects[project]!.cost * denominator + loads,
    den: denominator * step,
    step
  };
}

/** Both have the present denominator, times their own step. */
function compareMoments(a: Due, b: Due): number {
  const left = a.num * b.step;
  const right = b.num * a.step;
  return left < right ? -1 : left > right ? 1 : 0;
}

function buy(state: Loads, due: Due): void {
  const { support } = state;
  state.bound[due.project] = Infinity;
  state.unwanted.delete(due.project);
  for (let i = support.from[due.project]!; i < support.from[due.project + 1]!; i++)
    state.last[support.group[i]!] = state.nums.length;
  state.nums.push(due.num);
  state.steps.push(due.step);
  state.denominator = due.den;
}
