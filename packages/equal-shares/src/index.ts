export {
  createElection,
  withBudget,
  votersOf,
  type Election,
  type PlainBallot,
  type PlainElection,
  type Project,
  type VoteType
} from './election.ts';
export type { Ballots } from './ballot-book.ts';
export { supportOf, type Support, type Utility } from './support.ts';
export { drawnOrder, tieRanks, type TieRule } from './ties.ts';
export {
  completeMes,
  completedOutcome,
  computeAll,
  computeOutcome,
  rulesFor,
  RULES,
  type AllOutcomes,
  type Choice,
  type Outcome,
  type Rule
} from './outcome.ts';
export { ChainTooLong, COMPLETIONS, type Completed, type Completion } from './rules/completions.ts';
export type { Purchase, Run } from './rules/equal-shares.ts';
export { maxWelfare, type Welfare } from './rules/max-welfare.ts';
export { boundedOverspending } from './rules/bounded-overspending.ts';
export {
  computeByEnvelope,
  computeWithLimits,
  splitByEnvelope,
  type Envelope,
  type GroupLimit,
  type LimitedOutcome
} from './constraints.ts';
export { explain } from './explain.ts';
export type {
  EndingAccount,
  Explanation,
  MissedAccount,
  PayerGroup,
  ProjectAccount,
  Trace,
  VoterAccount
} from './explanation.ts';
export { endingSentences, missedSentence, projectSentences, voterSentences, type Wording } from './sentences.ts';
export { chartSvg, chartTable, type ChartOptions } from './chart.ts';
