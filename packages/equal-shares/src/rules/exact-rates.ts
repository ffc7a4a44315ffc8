import { greatestCommonDivisor, type Rational } from '../exact/rational.ts';
import type { Support } from '../support.ts';

/**
 * Exact rates of a run, worked out when they are asked for. A purse is never stored as a fraction: a voter who has paid
 * in full for the projects bought in rounds q holds endowment − Σ strength·rate(q), one who has run short holds nothing.
 * So what those who run short for a project hold together is a combination of the endowment and of earlier rates with
 * whole coefficients (numbers of voters), and the project's rate follows:
 *
 *     rate · A = cost − n·endowment + Σ n(q)·rate(q)
 *
 * Rate r has the denominator D(r) = D(r−1)·f(r), with D(−1) that of the endowment: sums are worked out from the oldest
 * rate to the newest, multiplying by one small factor at each step.
 */
export interface ExactRates {
  readonly record: (purchase: Paid) => void;
  /** Of the last purchase; its denominator is a multiple of all earlier ones. */
  readonly lastRate: () => Rational;
  /** The rate of project p now if exactly these groups run short; not reduced. */
  readonly rateNow: (purchase: Paid) => Rational;
  /** Nobody's yet. */
  readonly openDebt: () => Debt;
  /** The rate of project p now if those who stand in the debt run short; not reduced. */
  readonly owing: (p: number, strength: bigint, debt: Debt) => Rational;
  /** Whether a voter of group g holds less than `by` times a rate from `owing`. */
  readonly holdsLess: (g: number, by: number, rate: Rational, verdicts: Map<string, boolean>) => boolean;
}

export interface Paid {
  readonly project: number;
  /** Of those who pay in full, together. */
  readonly strength: bigint;
  /** Groups that give all they hold and end with nothing. */
  readonly short: readonly number[];
}

/** What groups that run short hold together, as units to be counted off. */
export interface Debt {
  readonly add: (groups: readonly number[]) => void;
  /** −(what they hold), as a numerator over the present denominator. */
  readonly owed: () => bigint;
}

export function createExactRates(support: Support, endowment: Rational): ExactRates {
  const { projects } = support.election;
  const purchases: Paid[] = [];
  const roundOf = new Int32Array(projects.length).fill(-1);
  const nums: bigint[] = [];
  const steps: bigint[] = [];
  let common = endowment.den;

  function catchUp(): void {
    while (nums.length < purchases.length) {
      const { project, strength, short } = purchases[nums.length]!;
      const debt = openDebt();
      debt.add(short);
      const num = projects[project]!.cost * common + debt.owed();
      const shared = sharedFactor(strength, num % strength);
      nums.push(shared === 1n ? num : num / shared);
      steps.push(shared === 1n ? strength : strength / shared);
      common *= steps.at(-1)!;
    }
  }

  /** Of the rounds whose exact rates are known: call `catchUp` first where all are meant. */
  function openDebt(): Debt {
    const rounds = nums.length;
    const paid = new Float64Array(rounds);
    /** Instead of `paid`, where sums may not fit a double. */
    const exactly = support.exactSums ? null : Array.from(nums, () => 0n);
    let voters = 0;

    function add(groups: readonly number[]): void {
      const { weight, start, project, strength } = support;
      for (const g of groups) {
        const w = weight[g]!;
        voters += w;
        const end = start[g + 1]!;
        for (let i = start[g]!; i < end; i++) {
          const r = roundOf[project[i]!]!;
          if (r < 0 || r >= rounds) continue;
          const s = strength === null ? 1 : strength[i]!;
          if (exactly === null) paid[r]! += w * s;
          else exactly[r]! += BigInt(w) * BigInt(s);
        }
      }
    }

    function owed(): bigint {
      if (voters === 0) return 0n;
      let sum = -BigInt(voters) * endowment.num;
      for (let r = 0; r < rounds; r++) {
        sum *= steps[r]!;
        const units = exactly === null ? BigInt(paid[r]!) : exactly[r]!;
        if (units !== 0n) sum += units * nums[r]!;
      }
      return sum;
    }

    return { add, owed };
  }

  const owing = (p: number, strength: bigint, debt: Debt): Rational => ({
    num: projects[p]!.cost * common + debt.owed(),
    den: common * strength
  });

  function rateNow({ project, strength, short }: Paid): Rational {
    if (short.length === 0) return { num: projects[project]!.cost, den: strength };
    catchUp();
    const debt = openDebt();
    debt.add(short);
    return owing(project, strength, debt);
  }

  /** endowment − Σ paid; groups that paid for the same projects share the answer. */
  function holdsLess(g: number, by: number, rate: Rational, verdicts: Map<string, boolean>): boolean {
    const paid = new Float64Array(nums.length);
    for (let i = support.start[g]!; i < support.start[g + 1]!; i++) {
      const r = roundOf[support.project[i]!]!;
      if (r >= 0) paid[r] = support.strength === null ? 1 : support.strength[i]!;
    }
    const key = `${by}|${paid.join()}`;
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    let purse = endowment.num;
    for (let r = 0; r < nums.length; r++)
      purse = purse * steps[r]! - (paid[r] === 0 ? 0n : BigInt(paid[r]!) * nums[r]!);
    const verdict = purse * (rate.den / common) < BigInt(by) * rate.num;
    verdicts.set(key, verdict);
    return verdict;
  }

  return {
    record: (purchase) => {
      roundOf[purchase.project] = purchases.length;
      purchases.push(purchase);
    },
    lastRate: () => {
      catchUp();
      return { num: nums.at(-1)!, den: common };
    },
    rateNow,
    openDebt: () => {
      catchUp();
      return openDebt();
    },
    owing,
    holdsLess
  };
}

function sharedFactor(strength: bigint, rest: bigint): bigint {
  if (strength > MOST_EXACT) return greatestCommonDivisor(strength, rest);
  let a = Number(strength);
  let b = Number(rest);
  while (b !== 0) [a, b] = [b, a % b];
  return BigInt(a);
}

const MOST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);
