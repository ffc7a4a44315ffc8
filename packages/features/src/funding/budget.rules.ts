import type { Cents } from '@terreau/kernel/money';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sideOf, type Side } from './accounts.rules.ts';

export interface Amount {
  readonly account: string;
  readonly cents: Cents;
}

export type Totals = Readonly<Record<Side, Cents>>;

/** What each side adds up to. Contributions in kind stand outside of charges and income. */
export function totalsOf(lines: readonly Amount[]): Totals {
  const totals: Record<Side, Cents> = { charges: 0, income: 0, given: 0, received: 0 };
  for (const { account, cents } of lines) totals[sideOf(account)] += cents;
  return totals;
}

/** By how much the two halves differ: above zero, income (or contributions received) is missing. */
export interface Balance {
  readonly missing: Cents;
  readonly missingInKind: Cents;
}

export function balanceOf({ charges, income, given, received }: Totals): Balance {
  return { missing: charges - income, missingInKind: given - received };
}

export type FinalRefusal = 'budget-empty' | 'charges-differ' | 'contributions-differ';

/** Whether the budget may be final; otherwise by how many cents it is not balanced, in `details.cents`. */
export function checkFinal(lines: readonly Amount[]): Verdict<Totals, FinalRefusal> {
  if (lines.length === 0) return refuse('budget-empty');
  const totals = totalsOf(lines);
  const { missing, missingInKind } = balanceOf(totals);
  if (missing !== 0) return refuse('charges-differ', { cents: missing });
  if (missingInKind !== 0) return refuse('contributions-differ', { cents: missingInKind });
  return accept(totals);
}

export interface NamedAmount extends Amount {
  readonly label: string;
}

/** Where the money that is missing could come from, or go: a line to look at again, the largest first. */
export interface Leads<Line> {
  /** Charges that could perhaps be lent or given instead of bought. */
  readonly lend: readonly Line[];
  /** Charges that could be smaller. */
  readonly reduce: readonly Line[];
  /** Income that nobody has asked for yet, or that could be larger. */
  readonly ask: readonly Line[];
}

export const LEADS_SHOWN_COUNT = 3;

/** Purchases, rents and repairs are what people lend and give. */
const LENDABLE: ReadonlySet<string> = new Set(['60', '61']);

export function leadsOf<Line extends NamedAmount>(lines: readonly Line[]): Leads<Line> {
  const largest = (kept: (line: Line) => boolean) =>
    lines
      .filter((line) => line.cents > 0 && kept(line))
      .toSorted((a, b) => b.cents - a.cents || a.label.localeCompare(b.label, 'fr'))
      .slice(0, LEADS_SHOWN_COUNT);
  return {
    lend: largest((line) => LENDABLE.has(line.account)),
    reduce: largest((line) => sideOf(line.account) === 'charges' && !LENDABLE.has(line.account)),
    ask: largest((line) => sideOf(line.account) === 'income')
  };
}

/** What so many hours, days or pieces are worth at this value each: whole cents, halves upwards. */
export function valueOf(quantityHundredths: number, unitCents: Cents): Cents {
  return Number((BigInt(quantityHundredths) * BigInt(unitCents) + 50n) / 100n);
}

/**
 * The amounts in whole euros, as grant forms take them, so that they add up to the rounded total: the largest remainders
 * get the euros left over. Two sides that are equal in cents are equal in euros.
 */
export function inWholeEuros(cents: readonly Cents[]): number[] {
  const euros = cents.map((one) => Math.floor(one / 100));
  const total = Math.round(cents.reduce((a, b) => a + b, 0) / 100);
  let left = total - euros.reduce((a, b) => a + b, 0);
  const byRemainder = cents
    .map((one, index) => ({ index, rest: one % 100 }))
    .toSorted((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    euros[index]! += 1;
    left -= 1;
  }
  return euros;
}
