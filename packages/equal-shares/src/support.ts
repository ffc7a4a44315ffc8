import type { Ballots } from './ballot-book.ts';
import type { Election } from './election.ts';

/** What a voter is taken to gain from a project: its cost, one, a Borda score, or the points given. */
export type Utility = 'cost' | 'card' | 'borda' | 'points';

/**
 * The election seen under one utility: who supports what, and how strongly. Support is kept both ways (by ballot and
 * by project) in flat arrays. Where all supporters of a project gain the same (cost, card) no strength is stored.
 */
export interface Support {
  readonly utility: Utility;
  readonly election: Election;
  readonly weight: Int32Array;
  /** Ballot g supports `project[start[g]] …`, each with `strength` (whole units; null: 1 each). */
  readonly start: Int32Array;
  readonly project: Int32Array;
  readonly strength: Float64Array | null;
  /** Project p is supported by the groups `group[from[p]] …`, each with `by`. */
  readonly from: Int32Array;
  readonly group: Int32Array;
  readonly by: Float64Array | null;
  /** Voters × strength for each project; exact where `exactSums`. */
  readonly total: Float64Array;
  /** How many voters support each project. */
  readonly votes: Int32Array;
  /** What one unit of payment per strength is divided by to give the price of one unit of utility: the cost, or 1. */
  readonly factor: readonly bigint[];
  /** True when no sum of voters × strength can reach 2^53, so that doubles hold them exactly. Checked, not assumed. */
  readonly exactSums: boolean;
}

/** Whether anybody gains from the project. Under `cost` nobody gains from a project that costs nothing. */
export const isWanted = (support: Support, p: number): boolean =>
  support.from[p + 1]! > support.from[p]! && support.factor[p] !== 0n;

/** Computed once per election and utility; who supports whom, once per set of ballots. */
export function supportOf(election: Election, utility: Utility): Support {
  const known = supports.get(election) ?? new Map<Utility, Support>();
  supports.set(election, known);
  const support = known.get(utility) ?? {
    ...backingOf(election, utility),
    utility,
    election,
    factor: factors(election, utility)
  };
  known.set(utility, support);
  return support;
}

const supports = new WeakMap<Election, Map<Utility, Support>>();

const factors = ({ projects }: Election, utility: Utility): bigint[] =>
  projects.map((project) => (utility === 'cost' ? project.cost : 1n));

type Backing = Omit<Support, 'utility' | 'election' | 'factor'>;
type Gain = 'one' | 'borda' | 'points';

/** Costs and budget play no part here: elections that share their ballots share this, as `cost` and `card` do. */
function backingOf({ ballots, projects }: Election, utility: Utility): Backing {
  if (utility === 'points' && ballots.points === null) throw new RangeError('these ballots carry no points');
  const gain = utility === 'cost' || utility === 'card' ? 'one' : utility;
  const known = backings.get(ballots) ?? new Map<Gain, Backing>();
  backings.set(ballots, known);
  const backing = known.get(gain) ?? build(ballots, projects.length, gain);
  known.set(gain, backing);
  return backing;
}

const backings = new WeakMap<Ballots, Map<Gain, Backing>>();

function build(ballots: Ballots, projects: number, gain: Gain): Backing {
  const supported = supportedOnly(ballots, gain);
  const { votes, from, total } = totals(ballots, projects, supported);
  const exactSums = total.every((sum) => sum < Number.MAX_SAFE_INTEGER);
  return { weight: ballots.weight, ...supported, from, ...byProject(supported, from), total, votes, exactSums };
}

type Sided = Pick<Support, 'start' | 'project' | 'strength'>;

/** Ballots without what their voters gain nothing from: the last place of a Borda ballot, zero or negative points. */
function supportedOnly(ballots: Ballots, by: Gain): Sided {
  const plain = by === 'one';
  if (plain && ballots.points === null) return { start: ballots.start, project: ballots.project, strength: null };
  const start = new Int32Array(ballots.groups + 1);
  const project = new Int32Array(ballots.project.length);
  const strength = plain ? null : new Float64Array(ballots.project.length);
  let kept = 0;
  for (let g = 0; g < ballots.groups; g++) {
    const end = ballots.start[g + 1]!;
    for (let i = ballots.start[g]!; i < end; i++) {
      const gain = by === 'borda' ? end - i - 1 : ballots.points![i]!;
      if (gain <= 0) continue;
      project[kept] = ballots.project[i]!;
      if (strength !== null) strength[kept] = gain;
      kept++;
    }
    start[g + 1] = kept;
  }
  return { start, project: project.subarray(0, kept), strength: strength === null ? null : strength.subarray(0, kept) };
}

function totals({ weight, groups }: Ballots, count: number, ballots: Sided): Pick<Support, 'votes' | 'from' | 'total'> {
  const votes = new Int32Array(count);
  const total = new Float64Array(count);
  const from = new Int32Array(count + 1);
  for (let g = 0; g < groups; g++) {
    const voters = weight[g]!;
    for (let i = ballots.start[g]!; i < ballots.start[g + 1]!; i++) {
      const p = ballots.project[i]!;
      votes[p]! += voters;
      total[p]! += ballots.strength === null ? voters : voters * ballots.strength[i]!;
      from[p + 1]!++;
    }
  }
  for (let p = 0; p < count; p++) from[p + 1]! += from[p]!;
  return { votes, from, total };
}

function byProject(ballots: Sided, from: Int32Array): Pick<Support, 'group' | 'by'> {
  const next = from.slice();
  const group = new Int32Array(ballots.project.length);
  const by = ballots.strength === null ? null : new Float64Array(ballots.project.length);
  const groups = ballots.start.length - 1;
  for (let g = 0; g < groups; g++) {
    for (let i = ballots.start[g]!; i < ballots.start[g + 1]!; i++) {
      const place = next[ballots.project[i]!]!++;
      group[place] = g;
      if (by !== null) by[place] = ballots.strength![i]!;
    }
  }
  return { group, by };
}
