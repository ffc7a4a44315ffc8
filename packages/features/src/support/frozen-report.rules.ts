import { createHash } from 'node:crypto';
import type { LocalDate } from '@terreau/kernel/instants';
import type { ShownFigure } from './report-disclosure.rules.ts';
import { MEASURES, type Words } from './report-measures.rules.ts';

/** One part of a report: its title, its figures, and the words that go with each of them. */
export interface ReportSection {
  /** Null where there is only one. */
  readonly title: string | null;
  /** What narrows it, in words; null when nothing does. */
  readonly narrowedTo: Words | null;
  readonly figures: readonly DefinedFigure[];
}

/** A figure with its definition as it stood: a later wording does not change what was told. */
export interface DefinedFigure extends ShownFigure {
  readonly label: Words;
  readonly definition: Words;
  readonly denominator: Words;
}

/** What freezing keeps. */
export interface FrozenReport {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly sections: readonly ReportSection[];
}

export function defined(figure: ShownFigure): DefinedFigure {
  const { label, definition, denominator } = MEASURES[figure.measure];
  return { ...figure, label, definition, denominator };
}

/** SHA-256 of the figures and their definitions, whatever the order of the keys in which a database gives them back. */
export function hashOfReport(report: FrozenReport): string {
  return createHash('sha256').update(canonical(report)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
    .join(',')}}`;
}

/** A figure of a frozen report that would be another if it were counted today. */
export interface Difference {
  readonly section: number;
  readonly label: Words;
  readonly line: Words;
  readonly unit: 'count' | 'minutes' | 'days';
  readonly told: number | null;
  readonly today: number | null;
}

export function differencesBetween(told: FrozenReport, today: FrozenReport): Difference[] {
  return told.sections.flatMap((section, index) =>
    section.figures.flatMap((figure) => {
      const again = today.sections[index]?.figures.find(({ measure }) => measure === figure.measure);
      return linesOf(figure, again).map((line) => ({ ...line, section: index, label: figure.label }));
    })
  );
}

function linesOf(told: DefinedFigure, today: DefinedFigure | undefined) {
  const keys = [...new Set([...told.lines, ...(today?.lines ?? [])].map((line) => line.key))];
  return keys.flatMap((key) => {
    const before = told.lines.find((line) => line.key === key);
    const now = today?.lines.find((line) => line.key === key);
    // What is hidden on either side is not compared: the difference would say it.
    if (before?.isHidden || now?.isHidden) return [];
    const [a, b] = [before?.value ?? null, now?.value ?? null];
    if (a === b || ((a ?? 0) === 0 && (b ?? 0) === 0)) return [];
    const { label, unit } = (before ?? now)!;
    return [{ line: label, unit, told: a, today: b }];
  });
}
