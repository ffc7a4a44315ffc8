import { votersOf, type Election } from '../src/election.ts';
import { compare, floor, rational, ZERO, type Rational } from '../src/exact/rational.ts';
import { COMPLETIONS, openCompletionDesk, type Completion } from '../src/rules/completions.ts';
import { greedy } from '../src/rules/greedy.ts';
import { phragmen } from '../src/rules/phragmen.ts';
import type { Utility } from '../src/support.ts';
import { tieRanks } from '../src/ties.ts';
import { generatedElection, plainCase } from './generated.ts';
import {
  byDensity,
  byVotes,
  plainAdd1,
  plainEqualShares,
  plainGreedy,
  plainPhragmen,
  type PlainCase,
  type PlainTie
} from './oracle.ts';

/** Every rule, completion and tie rule on one generated election, against the oracle; what differs, in words. */
export function disagreements(seed: number): string[] {
  const { election, voteType } = generatedElection(seed);
  const utilities: Utility[] =
    voteType === 'ordinal' ? ['borda', 'card'] : voteType === 'cumulative' ? ['points', 'card'] : ['cost', 'card'];
  return (['lex', 'rec'] as const)
    .flatMap((tie) => utilities.flatMap((utility) => compareUtility(election, utility, tie)))
    .map((what) => `seed ${seed}: ${what}`);
}

function compareUtility(election: Election, utility: Utility, tie: PlainTie): string[] {
  const c = plainCase(election, utility);
  const ranks = tieRanks(election, tie);
  const desk = openCompletionDesk(election, utility, ranks);
  const wrong: string[] = [];
  const check = (what: string, got: unknown, wanted: unknown): void => {
    const [left, right] = [JSON.stringify(got), JSON.stringify(wanted)];
    if (left !== right) wrong.push(`${utility} ${what} ${tie}: got ${left}, expected ${right}`);
  };
  for (const completion of COMPLETIONS) {
    const got = desk.complete(completion);
    const wanted = plainCompletion(c, utility, votersOf(election), completion, tie);
    check(completion, [...got.run.purchases.map((purchase) => purchase.project), ...got.added], wanted.order);
    if (compare(got.run.endowment, wanted.endowment) !== 0) wrong.push(`${utility} ${completion} ${tie}: endowment`);
    if (completion === 'none') check('ties', got.ties, wanted.ties);
    if (wanted.steps !== null) check(`${completion} steps`, got.steps, wanted.steps);
  }
  check(
    'greedy',
    greedy(election, utility, ranks).order,
    plainGreedy(c, utility === 'cost' ? byVotes(c) : byDensity(c), tie)
  );
  for (const skip of [false, true])
    if (utility === 'card')
      check(`phragmen ${skip}`, phragmen(election, ranks, { skip }).order, plainPhragmen(c, skip, tie));
  return wrong;
}

function plainCompletion(
  c: PlainCase,
  utility: Utility,
  voters: number,
  completion: Completion,
  tie: PlainTie
): { order: number[]; endowment: Rational; steps: number | null; ties?: number } {
  const share = voters === 0 ? ZERO : rational(c.budget, BigInt(voters));
  const [base, greedyLast] = completion.split('+');
  const plain = plainEqualShares(c, share, tie);
  const allFit = c.cost.reduce((sum, cost) => sum + cost, 0n) <= c.budget;
  const withGreedy = (order: number[]): number[] => [
    ...order,
    ...plainGreedy(c, utility === 'borda' || utility === 'points' ? byDensity(c) : byVotes(c), tie, order)
  ];
  if (base === 'none' || base === 'util')
    return {
      order: base === 'util' ? withGreedy(plain.order) : plain.order,
      endowment: share,
      steps: null,
      ties: plain.ties
    };
  const stay = base !== 'add1p' && allFit;
  const start = base === 'add1ei' || base === 'add1i' ? rational(floor(share)) : share;
  const done = stay
    ? { order: plain.order, endowment: share, steps: 0 }
    : plainAdd1(c, start, base === 'add1p' ? 'supported' : base === 'add1ei' ? 'all' : 'never', tie);
  return { ...done, order: greedyLast === undefined ? done.order : withGreedy(done.order) };
}
