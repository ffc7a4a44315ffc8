import type { Accounts } from './accounts.ts';
import type { Completed } from './rules/completions.ts';

/* What can be told about an outcome, as data. `explain.ts` works it out, `sentences.ts` says it. */

/** An amount of money in units of currency, exact: `40000` or `1040052/3293`. */
export type Money = string;

export interface PayerGroup {
  /** A number that names this group of equal ballots within the election. */
  readonly group: number;
  readonly voters: number;
  /** The projects their ballots name. */
  readonly ballot: readonly string[];
  /** What each of them paid. */
  readonly paid: Money;
  /** True when that was all they had left, less than the full price. */
  readonly ranShort: boolean;
}

/** A project bought by its supporters. */
export interface BoughtAccount {
  readonly status: 'bought';
  readonly project: string;
  readonly cost: Money;
  /** 1 for the first project bought. */
  readonly round: number;
  readonly supporters: number;
  /** What one supporter pays for one unit of utility. */
  readonly pricePerUtility: string;
  /** What a supporter pays unless they hold less: per head for cost and card, per point or Borda mark else. */
  readonly fullPayment: Money;
  /** Cost divided by the full payment per unit of utility, in voters: its own votes while nobody runs short. */
  readonly effectiveVotes: string;
  readonly paidInFull: { readonly voters: number; readonly money: Money };
  readonly ranShort: { readonly voters: number; readonly money: Money };
  /** Projects at exactly the same price in this round, decided by the tie rule. */
  readonly tiedWith: readonly string[];
  /** What is left of the budget after it; below zero never. */
  readonly leftInBudget: Money;
}

/** A project that the final greedy step took from the money that Equal Shares left. */
export interface AddedAccount {
  readonly status: 'added';
  readonly project: string;
  readonly cost: Money;
  readonly place: number;
  readonly supporters: number;
  readonly leftBefore: Money;
  readonly leftInBudget: Money;
}

export interface MissedStage {
  /** Before this round; the last stage is the end of the rule. */
  readonly round: number;
  readonly supportersHeld: Money;
  readonly missing: Money;
  readonly leftInBudget: Money;
  readonly fitsInBudget: boolean;
}

export interface MissedAccount {
  readonly status: 'missed';
  readonly project: string;
  readonly cost: Money;
  readonly supporters: number;
  readonly reason: 'nobody' | 'supporters short' | 'no room';
  readonly stages: readonly MissedStage[];
  /** The first round before which its supporters could no longer pay for it; null if they never could or still can. */
  readonly lostInRound: number | null;
  /** Where its supporters' money went, the largest part first. */
  readonly spentOn: readonly { readonly project: string; readonly voters: number; readonly money: Money }[];
  /**
   * The smallest change found that would have funded it, all else equal: the largest cost at which the same rule with
   * the same completion takes it, found by trying costs (halving, then one by one at the border). Null where no cost does.
   */
  readonly wouldHaveBeenFundedAt: Money | null;
}

export type ProjectAccount = BoughtAccount | AddedAccount | MissedAccount;

export interface VoterAccount {
  readonly share: Money;
  readonly paid: readonly { readonly project: string; readonly money: Money }[];
  readonly left: Money;
}

/** Everything that can be told about one outcome of Equal Shares; each part is worked out when it is asked for. */
export interface Explanation {
  readonly completed: Completed;
  readonly accounts: Accounts;
  readonly project: (id: string) => ProjectAccount;
  /** Who paid for a project, by group of equal ballots. */
  readonly payers: (id: string) => readonly PayerGroup[];
  readonly voter: (index: number) => VoterAccount;
  /** The whole run as plain data: share, rounds in order, the greedy step told apart, the projects missed. */
  readonly trace: () => Trace;
}

/** How enlarging the shares ended (Add1): the last step, told apart from what the rule bought. */
export interface EndingAccount {
  /** Units of currency added to each share. */
  readonly steps: number;
  readonly reason: Completed['stop'];
  /** What one unit more would have done, where that is what ended it. The count is broken off once it overspends. */
  readonly next: {
    readonly share: Money;
    readonly over: Money;
    /** Bought then and not now, as far as it was counted. */
    readonly gained: readonly string[];
  } | null;
}

export interface Trace {
  readonly rule: string;
  readonly completion: string;
  readonly budget: Money;
  readonly voters: number;
  readonly share: Money;
  readonly rounds: readonly BoughtAccount[];
  /** Null where the completion does not enlarge the shares. */
  readonly ending: EndingAccount | null;
  readonly added: readonly AddedAccount[];
  readonly missed: readonly { readonly project: string; readonly cost: Money; readonly supportersHeld: Money }[];
}
