import { compareIds, votersOf, type Election } from './election.ts';
import { rational, ZERO } from './exact/rational.ts';
import { computeOutcome, isMes, utilityOf, type Choice, type Outcome } from './outcome.ts';
import { createEngine } from './rules/equal-shares.ts';
import { greedy } from './rules/greedy.ts';
import { supportOf } from './support.ts';
import { tieRanks } from './ties.ts';

/**
 * What cities add to a plain rule. Each says what it does to the guarantees of Equal Shares:
 *  - `envelopes`: each group of projects has its own money and its own shares, as if it were an election by itself. The
 *    guarantees hold inside each envelope; between envelopes the city has decided, not the voters.
 *  - `atMost`: no more than so many projects of a group (with 1: variants of one project exclude one another). Voters
 *    united around a project that is barred by this may be owed more than they get; all others keep their guarantee.
 *  - `atLeast`: so many projects of a group are reserved for. What the reserve forces in is paid by nobody in
 *    particular: the guarantees hold for the part of the budget that was not needed for it.
 */
export interface Envelope {
  readonly name: string;
  readonly projects: readonly string[];
  /** Whole units of 10^-moneyScale. */
  readonly budget: bigint;
}

export interface GroupLimit {
  readonly name: string;
  readonly projects: readonly string[];
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface LimitedOutcome {
  readonly selected: readonly string[];
  readonly order: readonly string[];
  /** Projects taken only because a group had to reach its minimum. */
  readonly forced: readonly string[];
  /** Groups whose minimum could not be reached within the budget. */
  readonly unmet: readonly string[];
}

/** One election for each envelope. A project named in no envelope is left out, one named twice is refused. */
export function splitByEnvelope(election: Election, envelopes: readonly Envelope[]): ReadonlyMap<string, Election> {
  const named = envelopes.flatMap((envelope) => envelope.projects);
  if (new Set(named).size < named.length) throw new RangeError('a project stands in two envelopes');
  return new Map(
    envelopes.map((envelope) => [
      envelope.name,
      restricted(election, indexes(election, envelope.projects), envelope.budget)
    ])
  );
}

export function computeByEnvelope(
  election: Election,
  envelopes: readonly Envelope[],
  choice: Choice
): ReadonlyMap<string, Outcome> {
  return new Map([...splitByEnvelope(election, envelopes)].map(([name, part]) => [name, computeOutcome(part, choice)]));
}

/**
 * Equal Shares (from the plain share) or greedy, then greedy on what is left, under limits per group. A purchase that
 * would break a maximum, or leave too little for the minimums, is passed over for good.
 */
export function computeWithLimits(election: Election, limits: readonly GroupLimit[], choice: Choice): LimitedOutcome {
  const groups = limits.map((limit) => ({ ...limit, members: new Set(indexes(election, limit.projects)) }));
  const ranks = tieRanks(election, choice.tie ?? 'lex');
  const utility = utilityOf(choice.rule);
  const barred = (p: number, bought: readonly number[]): boolean =>
    breaksMaximum(groups, p, bought) || breaksReserve(election, groups, p, bought);
  const first = isMes(choice.rule) ? boughtByShares(election, choice, barred) : [];
  const rest = greedy(election, 'cost', ranks, { chosen: first, spent: costOf(election, first), barred });
  const usesGreedy = !isMes(choice.rule) || choice.completion === 'util';
  const chosen = usesGreedy
    ? [
        ...first,
        ...(utility === 'cost'
          ? rest
          : greedy(election, utility, ranks, { chosen: first, spent: costOf(election, first), barred })
        ).order
      ]
    : first;
  const forced = forceMinimums(election, groups, chosen, ranks);
  const order = [...chosen, ...forced].map((p) => election.projects[p]!.id);
  return {
    selected: [...order].sort(compareIds),
    order,
    forced: forced.map((p) => election.projects[p]!.id),
    unmet: groups.filter((group) => lacks(group, [...chosen, ...forced]) > 0).map((group) => group.name)
  };
}

interface Group extends GroupLimit {
  readonly members: ReadonlySet<number>;
}

type Barred = (project: number, bought: readonly number[]) => boolean;

function boughtByShares(election: Election, choice: Choice, barred: Barred): number[] {
  const engine = createEngine(supportOf(election, utilityOf(choice.rule)), tieRanks(election, choice.tie ?? 'lex'));
  const share = votersOf(election) === 0 ? ZERO : rational(election.budget, BigInt(votersOf(election)));
  return engine.run(share, { limit: election.budget, barred }).purchases.map((purchase) => purchase.project);
}

const countIn = (group: Group, chosen: readonly number[]): number => chosen.filter((p) => group.members.has(p)).length;
const lacks = (group: Group, chosen: readonly number[]): number => (group.atLeast ?? 0) - countIn(group, chosen);
const costOf = (election: Election, chosen: readonly number[]): bigint =>
  chosen.reduce((sum, p) => sum + election.projects[p]!.cost, 0n);

const breaksMaximum = (groups: readonly Group[], p: number, bought: readonly number[]): boolean =>
  groups.some((group) => group.atMost !== undefined && group.members.has(p) && countIn(group, bought) >= group.atMost);

/** Whether buying p would leave less than the cheapest way to reach all minimums (groups with a minimum should not overlap). */
function breaksReserve(election: Election, groups: readonly Group[], p: number, bought: readonly number[]): boolean {
  const after = [...bought, p];
  const reserve = (chosen: readonly number[]): bigint =>
    groups.reduce((sum, group) => sum + cheapestMissing(election, groups, group, chosen), 0n);
  const left = election.budget - costOf(election, after);
  return reserve(after) > left && reserve(bought) <= election.budget - costOf(election, bought);
}

function cheapestMissing(
  election: Election,
  groups: readonly Group[],
  group: Group,
  chosen: readonly number[]
): bigint {
  const open = [...group.members]
    .filter((q) => !chosen.includes(q) && !breaksMaximum(groups, q, chosen))
    .map((q) => election.projects[q]!.cost);
  return open
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .slice(0, Math.max(0, lacks(group, chosen)))
    .reduce((sum, cost) => sum + cost, 0n);
}

/** For each group below its minimum, its projects by votes, as far as they fit beside the other groups' reserve. */
function forceMinimums(
  election: Election,
  groups: readonly Group[],
  chosen: readonly number[],
  ranks: Int32Array
): number[] {
  const { votes } = supportOf(election, 'card');
  const forced: number[] = [];
  for (const group of groups) {
    const byVotes = [...group.members].sort((a, b) => votes[b]! - votes[a]! || ranks[a]! - ranks[b]!);
    for (const p of byVotes) {
      const all = [...chosen, ...forced];
      if (lacks(group, all) <= 0) break;
      const fits = costOf(election, all) + election.projects[p]!.cost <= election.budget;
      if (all.includes(p) || !fits || breaksMaximum(groups, p, all) || breaksReserve(election, groups, p, all))
        continue;
      forced.push(p);
    }
  }
  return forced;
}

function indexes(election: Election, ids: readonly string[]): number[] {
  const index = new Map(election.projects.map((project, p) => [project.id, p]));
  return ids.map((id) => {
    const p = index.get(id);
    if (p === undefined) throw new RangeError(`there is no project ${id}`);
    return p;
  });
}

/** The same voters, with only these projects on their ballots and this budget. */
function restricted(election: Election, kept: readonly number[], budget: bigint): Election {
  const place = new Map(kept.map((p, i) => [p, i]));
  const { ballots } = election;
  const start = new Int32Array(ballots.groups + 1);
  const project: number[] = [];
  const points: number[] = [];
  for (let g = 0; g < ballots.groups; g++) {
    for (let i = ballots.start[g]!; i < ballots.start[g + 1]!; i++) {
      const q = place.get(ballots.project[i]!);
      if (q === undefined) continue;
      project.push(q);
      if (ballots.points !== null) points.push(ballots.points[i]!);
    }
    start[g + 1] = project.length;
  }
  const parts = {
    start,
    project: Int32Array.from(project),
    points: ballots.points === null ? null : Float64Array.from(points)
  };
  return { ...election, budget, projects: kept.map((p) => election.projects[p]!), ballots: { ...ballots, ...parts } };
}
