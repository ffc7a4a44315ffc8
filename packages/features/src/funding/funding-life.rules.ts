import type { Cents } from '@terreau/kernel/money';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sideOf } from './accounts.rules.ts';

/** What became of an income line: thought of, asked for, promised, on the account, refused. */
export const FUNDING_STATES = ['envisaged', 'requested', 'granted', 'paid', 'refused'] as const;
export type FundingState = (typeof FUNDING_STATES)[number];

/** A refusal may be followed by another request; a word said by mistake is taken back by the state before. */
const NEXT: Readonly<Record<FundingState, readonly FundingState[]>> = {
  envisaged: ['requested', 'granted', 'refused'],
  requested: ['granted', 'refused', 'envisaged'],
  granted: ['paid', 'refused', 'requested'],
  paid: ['granted'],
  refused: ['envisaged', 'requested']
};

export function nextStates(state: FundingState): readonly FundingState[] {
  return NEXT[state];
}

export function checkStep(from: FundingState, to: FundingState): Verdict<FundingState, 'step-not-from-here'> {
  return NEXT[from].includes(to) ? accept(to) : refuse('step-not-from-here');
}

/** Above this share of income, one line that nobody has promised is a risk to say. */
export const HEAVY_LINE_PERCENT = 40;

interface IncomeLine {
  readonly account: string;
  readonly cents: Cents;
  readonly state: FundingState | null;
}

/** The lines only thought of that weigh more than two fifths of the income. */
export function heavyLines<Line extends IncomeLine>(lines: readonly Line[]): Line[] {
  const income = lines.filter((line) => sideOf(line.account) === 'income');
  const total = income.reduce((sum, line) => sum + line.cents, 0);
  return income.filter((line) => line.state === 'envisaged' && line.cents * 100 > HEAVY_LINE_PERCENT * total);
}

/** What each state adds up to, in cents; the refused part is what has to be found elsewhere. */
export function incomeByState(lines: readonly IncomeLine[]): Readonly<Record<FundingState, Cents>> {
  const sums: Record<FundingState, Cents> = { envisaged: 0, requested: 0, granted: 0, paid: 0, refused: 0 };
  for (const line of lines) if (line.state) sums[line.state] += line.cents;
  return sums;
}
