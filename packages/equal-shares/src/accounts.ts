import { multiply, rational, ZERO, type Rational } from './exact/rational.ts';
import type { Run } from './rules/equal-shares.ts';
import type { Support } from './support.ts';

/**
 * Who held what, and who paid what, in a run made with `detail`: exact amounts in units of 10^-moneyScale. Nothing is
 * worked out before it is asked for.
 */
export interface Accounts {
  readonly support: Support;
  readonly run: Run;
  /** What the given groups hold together just before round `before` (0 is the first; beyond the last: at the end). */
  readonly held: (groups: Iterable<number>, before: number) => Rational;
  /** What one voter of group g holds just before that round. */
  readonly heldByOne: (g: number, before: number) => Rational;
  /** What one voter of group g paid in a round; zero for those who do not support the project. */
  readonly paidByOne: (g: number, round: number) => Rational;
  /** The round in which the group ran out of money, or the number of rounds. */
  readonly brokeIn: (g: number) => number;
  readonly supporters: (p: number) => readonly number[];
  /** The round in which a project was bought, or -1. */
  readonly roundOf: (p: number) => number;
}

export function createAccounts(support: Support, run: Run): Accounts {
  const rounds = run.purchases.length;
  const roundOf = new Int32Array(support.election.projects.length).fill(-1);
  const broke = new Int32Array(support.weight.length).fill(rounds);
  run.purchases.forEach((purchase, r) => {
    roundOf[purchase.project] = r;
    for (const g of purchase.short) broke[g] = r;
  });

  function held(groups: Iterable<number>, before: number): Rational {
    const end = Math.min(before, rounds);
    const paid = Array.from({ length: end }, () => 0n);
    let voters = 0n;
    for (const g of groups) {
      if (broke[g]! < end) continue;
      const weight = BigInt(support.weight[g]!);
      voters += weight;
      for (let i = support.start[g]!; i < support.start[g + 1]!; i++) {
        const r = roundOf[support.project[i]!]!;
        if (r >= 0 && r < end) paid[r]! += weight * BigInt(support.strength?.[i] ?? 1);
      }
    }
    return lessPaid(run, voters, paid);
  }

  const heldByOne = (g: number, before: number): Rational =>
    multiply(held([g], before), rational(1n, BigInt(support.weight[g]!)));

  function paidByOne(g: number, round: number): Rational {
    const { project } = run.purchases[round]!;
    const strength = strengthOf(support, g, project);
    if (strength === 0n || broke[g]! < round) return ZERO;
    return broke[g] === round ? heldByOne(g, round) : multiply(rateOf(run, round), rational(strength));
  }

  return {
    support,
    run,
    held,
    heldByOne,
    paidByOne,
    brokeIn: (g) => broke[g]!,
    supporters: (p) => Array.from(support.group.subarray(support.from[p]!, support.from[p + 1]!)),
    roundOf: (p) => roundOf[p]!
  };
}

/** voters × endowment − Σ paid(r)·rate(r). Each rate's denominator divides the next one's, so one sum suffices. */
function lessPaid(run: Run, voters: bigint, paid: readonly bigint[]): Rational {
  let num = voters * run.endowment.num;
  let den = run.endowment.den;
  paid.forEach((units, r) => {
    if (units === 0n || purchaseIsFree(run, r)) return;
    const rate = rateOf(run, r);
    num = num * (rate.den / den) - units * rate.num;
    den = rate.den;
  });
  return rational(num, den);
}

export function strengthOf(support: Support, g: number, p: number): bigint {
  for (let i = support.start[g]!; i < support.start[g + 1]!; i++) {
    if (support.project[i] === p) return BigInt(support.strength?.[i] ?? 1);
  }
  return 0n;
}

const purchaseIsFree = (run: Run, round: number): boolean => rateOf(run, round).num === 0n;

/** The exact rate of a purchase, in a run made with `detail`. */
export function rateOf(run: Run, round: number): Rational {
  const { rate } = run.purchases[round]!;
  if (rate === null) throw new Error('accounts need a run made with detail');
  return rate;
}
