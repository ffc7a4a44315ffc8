import { lineSchema, type LineFields } from '@terreau/features/funding/budget.schema';
import { valueOf } from '@terreau/features/funding/budget.rules';
import { PLACED_MAX_COUNT, type Placed } from '@terreau/features/funding/place-words.rules';
import * as v from 'valibot';
import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { m } from '#texts/messages.js';
import { problemsOf } from './words.ts';

/** A line that was read in plain words, as the form that corrects it shows it. */
export interface Proposal {
  readonly label: string;
  /** An account, both sides of a contribution, nothing yet, or `none`: not to be kept. */
  readonly choice: string;
  readonly amount: string;
  /** How many at what value each, in hundredths: « 12000x1250 »; kept while the amount is not changed. */
  readonly counted: string;
}

export function proposalsOf(placed: readonly Placed[]): Proposal[] {
  return placed.map(({ label, choice, cents, quantityHundredths, unitCents }) => ({
    label,
    choice: choice ?? '',
    amount: cents === null ? '' : decimalOf(cents),
    counted: quantityHundredths && unitCents ? `${quantityHundredths}x${unitCents}` : ''
  }));
}

/** The proposals as they come back from the form. */
export function proposalsIn(values: Typed): Proposal[] {
  return Array.from({ length: PLACED_MAX_COUNT }, (_, index) => index)
    .filter((index) => `label-${index}` in values)
    .map((index) => ({
      label: textIn(values, `label-${index}`),
      choice: textIn(values, `choice-${index}`),
      amount: textIn(values, `amount-${index}`),
      counted: textIn(values, `counted-${index}`)
    }));
}

/** The lines to keep, or what is wrong, by field. */
export function readProposals(proposals: readonly Proposal[]): {
  readonly lines: readonly LineFields[];
  readonly errors: Readonly<Record<string, string>>;
} {
  const lines: LineFields[] = [];
  const errors: Record<string, string> = {};
  for (const [index, proposal] of proposals.entries()) {
    if (proposal.choice === 'none') continue;
    const typed = { label: proposal.label, choice: proposal.choice, amount: proposal.amount, basis: '', indirect: '' };
    const read = v.safeParse(lineSchema, { ...typed, ...countedIn(proposal) });
    if (read.success) lines.push(read.output);
    else {
      const problems = problemsOf(read.issues);
      if (problems['choice']) problems['choice'] = m.funding_problem_account();
      for (const [field, text] of Object.entries(problems)) errors[`${field}-${index}`] = text;
    }
  }
  return { lines, errors };
}

function countedIn({ counted, amount }: Proposal): { quantity: string; unit: string } {
  const [, many, each] = /^(\d{1,9})x(\d{1,9})$/.exec(counted) ?? [];
  const isSame = many && each && decimalOf(valueOf(Number(many), Number(each))) === amount.trim();
  return isSame ? { quantity: decimalOf(Number(many)), unit: decimalOf(Number(each)) } : { quantity: '', unit: '' };
}

/** 40050 → « 400,50 »; 40000 → « 400 »: as a form shows an amount, and reads it again. */
export function decimalOf(hundredths: number): string {
  const [whole, rest] = [Math.floor(hundredths / 100), hundredths % 100];
  return rest === 0 ? String(whole) : `${whole},${String(rest).padStart(2, '0')}`;
}
