import type { Election } from '../../packages/equal-shares/src/election.ts';

/**
 * NAIVE BASELINE, OURS: Equal Shares in floating point, voter by voter, written from the public description of the
 * method's usual computation (projects in the order of their last effective votes, supporters sorted by what they hold).
 * It is no peer's code. It stands in for one where none can be run, and shows what exactness and grouping cost or save.
 */
export interface NaiveOutcome {
  readonly order: readonly number[];
  readonly steps: number | null;
}

export function naiveEqualShares(election: Election, completion: 'none' | 'add1'): NaiveOutcome {
  const scale = 10 ** election.moneyScale;
  const cost = election.projects.map((project) => Number(project.cost) / scale);
  const budget = Number(election.budget) / scale;
  const supporters = supportersOf(election);
  const voters = election.ballots.groupOf.length;
  const total = (order: readonly number[]): number => order.reduce((sum, p) => sum + cost[p]!, 0);
  let share = budget / voters;
  let order = buy(cost, supporters, voters, share);
  if (completion === 'none') return { order, steps: null };
  for (let steps = 0; ; steps++) {
    const next = buy(cost, supporters, voters, share + 1);
    if (total(next) > budget || order.length === cost.length) return { order, steps };
    share++;
    order = next;
  }
}

function supportersOf({ projects, ballots }: Election): number[][] {
  const supporters: number[][] = projects.map(() => []);
  for (let v = 0; v < ballots.groupOf.length; v++) {
    const g = ballots.groupOf[v]!;
    for (let i = ballots.start[g]!; i < ballots.start[g + 1]!; i++) supporters[ballots.project[i]!]!.push(v);
  }
  return supporters;
}

function buy(cost: readonly number[], supporters: readonly number[][], voters: number, share: number): number[] {
  const held = new Float64Array(voters).fill(share);
  const votes = new Map(cost.map((_, p) => [p, supporters[p]!.length]));
  const order: number[] = [];
  for (;;) {
    let best = -1;
    let most = 0;
    for (const p of [...votes.keys()].sort((a, b) => votes.get(b)! - votes.get(a)!)) {
      if (votes.get(p)! < most) break;
      const effective = effectiveVotes(cost[p]!, supporters[p]!, held);
      if (effective === null) {
        votes.delete(p);
        continue;
      }
      votes.set(p, effective);
      if (effective > most) [best, most] = [p, effective];
    }
    if (best < 0) return order;
    order.push(best);
    votes.delete(best);
    const payment = cost[best]! / most;
    for (const v of supporters[best]!) held[v] = held[v]! > payment ? held[v]! - payment : 0;
  }
}

/** The cost over what a supporter pays who does not run short; null when they hold too little together. */
function effectiveVotes(cost: number, supporters: number[], held: Float64Array): number | null {
  if (supporters.reduce((sum, v) => sum + held[v]!, 0) < cost || cost === 0) return null;
  supporters.sort((a, b) => held[a]! - held[b]!);
  let paid = 0;
  for (let i = 0; i < supporters.length; i++) {
    const payment = (cost - paid) / (supporters.length - i);
    if (payment <= held[supporters[i]!]!) return cost / payment;
    paid += held[supporters[i]!]!;
  }
  return null;
}
