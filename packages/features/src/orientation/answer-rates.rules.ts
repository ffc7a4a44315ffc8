import { SMALL_COUNT } from './hidden-cells.rules.ts';

/** What one structure, or the team, was asked in a period, and what it answered. Delays in whole days. */
export interface AnswerCount {
  readonly name: string;
  readonly asked: number;
  readonly answered: number;
  readonly delays: readonly number[];
}

/** `asked` is null when it is too small to be shown; the others with it. */
export interface AnswerRate {
  readonly name: string;
  readonly asked: number | null;
  readonly answered: number | null;
  readonly medianDays: number | null;
}

/** Rates in alphabetical order, never by rate; whoever was asked fewer than five times shows nothing. */
export function answerRates(counts: readonly AnswerCount[], language: string): AnswerRate[] {
  return counts
    .toSorted((a, b) => a.name.localeCompare(b.name, language))
    .map(({ name, asked, answered, delays }) =>
      asked < SMALL_COUNT
        ? { name, asked: null, answered: null, medianDays: null }
        : { name, asked, answered, medianDays: delays.length < SMALL_COUNT ? null : median(delays) }
    );
}

/** The lower of the two middle ones when they are even in number: a delay that somebody really waited. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}
