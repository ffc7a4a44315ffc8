import type { Field } from './fields.ts';
import type { ProblemCode } from './problems.ts';
import type { PabulibRecord } from './records.ts';

export const SECTIONS = ['META', 'PROJECTS', 'VOTES'] as const;
export type Section = (typeof SECTIONS)[number];

export type Report = (code: ProblemCode, line: number, column: number, ...details: string[]) => void;

/** What one section does with its rows. */
export interface SectionReader {
  readonly header: (names: readonly string[], line: number) => void;
  readonly row: (fields: readonly Field[], line: number) => void;
  /** Takes a row straight from its bytes when it is in order; false to have it read field by field. */
  readonly quickRow?: (record: PabulibRecord) => boolean;
}

/** The text without the blanks around it, which are reported. */
export function trimmed(report: Report, field: Field | undefined, line: number): string {
  if (field === undefined) return '';
  const text = field.text.trim();
  if (text.length !== field.text.length && text !== '') report('blanks', line, field.column, text);
  return text;
}
