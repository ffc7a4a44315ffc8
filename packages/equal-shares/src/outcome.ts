import { compareIds, inCurrency, hasPoints, type Election, type VoteType } from './election.ts';
import { fractionText } from './exact/rational.ts';
import {
  ChainTooLong,
  COMPLETIONS,
  openCompletionDesk,
  type Completed,
  type Completion,
  type CompletionDesk
} from './rules/completions.ts';
import { greedy, type Sequence } from './rules/greedy.ts';
import { phragmen } from './rules/phragmen.ts';
import type { Utility } from './support.ts';
import { tieRanks, type TieRule } from './ties.ts';

export const MES_RULES = ['mes_cost', 'mes_card', 'mes_borda', 'mes_points'] as const;
export const GREEDY_RULES = ['greedy_cost', 'greedy_card', 'greedy_borda', 'greedy_points'] as const;
export const PHRAGMEN_RULES = ['phragmen', 'phragmen_skip'] as const;
export type MesRule = (typeof MES_RULES)[number];
export type Rule = MesRule | (typeof GREEDY_RULES)[number] | (typeof PHRAGMEN_RULES)[number];
export const RULES: readonly Rule[] = [...MES_RULES, ...GREEDY_RULES, ...PHRAGMEN_RULES];

export interface Choice {
  readonly rule: Rule;
  /** For the Method of Equal Shares only; `none` unless told. */
  readonly completion?: Completion;
  readonly tie?: TieRule;
}

/** An outcome as it is published: ids, and fractions as text. */
export interface Outcome {
  /** Sorted by code point. */
  readonly selected: readonly string[];
  /** In the order of selection: what the rule bought, then what a final greedy step added. */
  readonly order: readonly string[];
  /** What each voter held in the run that counts, in units of currency, exact (`13402/21`); Equal Shares only. */
  readonly endowment?: string;
  /** Units added to every share; Add1 only. */
  readonly steps?: number;
  /** Rounds, over the whole computation, in which two projects or more were exactly tied; counted as in published reference outcomes (`publishedTies`). */
  readonly ties: number;
}

export const isMes = (rule: Rule): rule is MesRule => rule.startsWith('mes_');
export const utilityOf = (rule: Rule): Utility =>
  rule.startsWith('phragmen') ? 'card' : (rule.slice(rule.indexOf('_') + 1) as Utility);

export function computeOutcome(election: Election, choice: Choice): Outcome {
  const tie = choice.tie ?? 'lex';
  if (!isMes(choice.rule)) return sequenceOutcome(election, choice.rule, computeSequence(election, choice.rule, tie));
  return deskOutcome(election, openDesk(election, choice.rule, tie), choice.completion ?? 'none');
}

/** The runs behind an outcome of Equal Shares, for explanations and certificates. */
export function completeMes(election: Election, choice: Choice): Completed {
  return openDesk(election, choice.rule, choice.tie ?? 'lex').complete(choice.completion ?? 'none');
}

export interface AllOutcomes {
  /** Keyed `rule|completion|tie`, as in published comparisons. */
  readonly results: Record<string, Outcome>;
  /** Keys left out because a chain of Add1 needed more than `mostRuns` runs. */
  readonly unfinished: readonly string[];
}

/** Outcomes under every rule that suits the ballots. With `mostRuns`, chains of Add1 that need more are left out, and named. */
export function computeAll(election: Election, mostRuns = Infinity): AllOutcomes {
  const results: Record<string, Outcome> = {};
  const unfinished: string[] = [];
  for (const rule of rulesFor(election.voteType)) {
    if (isMes(rule)) allCompletions(election, rule, mostRuns, results, unfinished);
    else
      for (const tie of TIES)
        results[`${rule}|${tie}`] = sequenceOutcome(election, rule, computeSequence(election, rule, tie));
  }
  return { results, unfinished };
}

export function rulesFor(voteType: VoteType): readonly Rule[] {
  if (voteType === 'ordinal') return ['mes_borda', 'greedy_borda'];
  if (hasPoints(voteType)) return ['mes_points', 'greedy_points'];
  return ['mes_cost', 'greedy_cost', 'mes_card', 'greedy_card', 'phragmen', 'phragmen_skip'];
}

/** The outcome of one computation, with the ties met in it. */
export function completedOutcome(election: Election, completed: Completed): Outcome {
  const order = [...completed.run.purchases.map((purchase) => purchase.project), ...completed.added];
  const endowment = fractionText(inCurrency(election, completed.run.endowment));
  const base = { ...ids(election, order), endowment, ties: completed.ties };
  return completed.steps === null ? base : { ...base, steps: completed.steps };
}

const deskOutcome = (election: Election, desk: CompletionDesk, completion: Completion): Outcome => ({
  ...completedOutcome(election, desk.complete(completion)),
  ties: desk.publishedTies(completion)
});

const TIES = ['lex', 'rec'] as const;

/** A computation that met no exact tie is the same under every tie rule: it is done once. */
function allCompletions(
  election: Election,
  rule: MesRule,
  mostRuns: number,
  results: Record<string, Outcome>,
  unfinished: string[]
): void {
  let lex = openDesk(election, rule, 'lex', mostRuns);
  let rec: CompletionDesk | null = null;
  for (const completion of COMPLETIONS) {
    const [first, second] = TIES.map((tie) => `${rule}|${completion}|${tie}`);
    try {
      const wasTied = lex.complete(completion).ties + lex.publishedTies(completion) > 0;
      if (wasTied) rec ??= openDesk(election, rule, 'rec', mostRuns);
      results[first!] = deskOutcome(election, lex, completion);
      results[second!] = deskOutcome(election, wasTied && rec !== null ? rec : lex, completion);
    } catch (error) {
      if (!(error instanceof ChainTooLong)) throw error;
      // The other chains of this rule would be about as long: they are not begun.
      mostRuns = 0;
      lex = openDesk(election, rule, 'lex', 0);
      rec = null;
      for (const key of [first!, second!]) if (results[key] === undefined) unfinished.push(key);
    }
  }
}

const openDesk = (election: Election, rule: Rule, tie: TieRule, mostRuns?: number): CompletionDesk =>
  openCompletionDesk(election, checkedUtility(election, rule), tieRanks(election, tie), mostRuns);

function checkedUtility(election: Election, rule: Rule): Utility {
  const utility = utilityOf(rule);
  if (utility === 'borda' && election.voteType !== 'ordinal') throw new RangeError(`${rule} needs ordinal ballots`);
  if (utility === 'points' && !hasPoints(election.voteType)) throw new RangeError(`${rule} needs ballots with points`);
  return utility;
}

function computeSequence(election: Election, rule: Exclude<Rule, MesRule>, tie: TieRule): Sequence {
  const ranks = tieRanks(election, tie);
  if (rule === 'phragmen' || rule === 'phragmen_skip')
    return phragmen(election, ranks, { skip: rule === 'phragmen_skip' });
  return greedy(election, checkedUtility(election, rule), ranks);
}

/** Published reference outcomes give no ties for greedy rules, which are sorted once; those of Phragmén count. */
const sequenceOutcome = (election: Election, rule: Rule, sequence: Sequence): Outcome => ({
  ...ids(election, sequence.order),
  ties: rule.startsWith('phragmen') ? sequence.ties : 0
});

function ids(election: Election, order: readonly number[]): Pick<Outcome, 'selected' | 'order'> {
  const named = order.map((p) => election.projects[p]!.id);
  return { selected: [...named].sort(compareIds), order: named };
}
