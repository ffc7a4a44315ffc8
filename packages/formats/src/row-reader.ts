import {
  plainForm,
  readCityCode,
  readDate,
  readEmail,
  readNumber,
  readPhone,
  readPostcode,
  readRna,
  readSiret,
  readText,
  readUrl,
  splitValues,
  type Cell
} from './cells.ts';
import { isCodeOf, type VocabularyEntry } from './data-inclusion/vocabulary.ts';
import { PROBLEM_VALUE_MAX_CHARACTERS, type ProblemReason, type RowProblem } from './directory-record.ts';
import type { ColumnMapping, Field } from './fields.ts';

export const NAME_MAX_CHARACTERS = 250;
export const TEXT_MAX_CHARACTERS = 1_000;
export const LONG_TEXT_MAX_CHARACTERS = 10_000;

/** Reads the cells of one row through a mapping, and notes every problem on the way. */
export class RowReader {
  readonly problems: RowProblem[] = [];
  readonly row: number;
  private readonly cells: readonly string[];
  private readonly indexes: ReadonlyMap<string, number>;
  private readonly mapping: ColumnMapping;

  constructor(row: number, cells: readonly string[], indexes: ReadonlyMap<string, number>, mapping: ColumnMapping) {
    this.row = row;
    this.cells = cells;
    this.indexes = indexes;
    this.mapping = mapping;
  }

  /** The cell of a column by its own name; empty when there is no such column. */
  cell(column: string): string {
    const index = this.indexes.get(column);
    return index === undefined ? '' : (this.cells[index] ?? '');
  }

  /** The first filled cell among the columns of `field`, with the column it came from. */
  raw(field: Field): { readonly column: string; readonly value: string } {
    const columns = this.mapping.columns[field] ?? [];
    const filled = columns.find((column) => readText(this.cell(column)) !== null);
    const column = filled ?? columns[0] ?? '';
    return { column, value: this.cell(column) };
  }

  /** All filled cells of `field`, joined. */
  joined(field: Field, separator: string, maxCharacters: number): string | null {
    const columns = this.mapping.columns[field] ?? [];
    const texts = columns.map((column) => readText(this.cell(column))).filter((text) => text !== null);
    return texts.length === 0 ? null : this.shortened(columns[0]!, texts.join(separator), maxCharacters);
  }

  text(field: Field): string | null {
    const { column, value } = this.raw(field);
    const text = readText(value);
    return text === null ? null : this.shortened(column, text, TEXT_MAX_CHARACTERS);
  }

  siret(): string | null {
    return this.kept('siret', readSiret);
  }

  rna(): string | null {
    return this.kept('rna', readRna);
  }

  url(field: Field): string | null {
    return this.kept(field, readUrl);
  }

  phone(field: Field): string | null {
    return this.kept(field, readPhone);
  }

  email(field: Field): string | null {
    return this.kept(field, readEmail);
  }

  date(field: Field): string | null {
    return this.kept(field, readDate);
  }

  number(field: Field): number | null {
    return this.kept(field, readNumber);
  }

  postcode(): string | null {
    return this.kept('postcode', readPostcode);
  }

  cityCode(): string | null {
    return this.kept('cityCode', readCityCode);
  }

  /** Values of all columns of `field`, each once. */
  words(field: Field): string[] {
    const columns = this.mapping.columns[field] ?? [];
    return [...new Set(columns.flatMap((column) => splitValues(this.cell(column), false)))];
  }

  /** Codes of a reference list, given as codes or as French labels; the others are noted and dropped. */
  codes<Entry extends VocabularyEntry>(field: Field, list: readonly Entry[]): Entry['code'][] {
    const columns = this.mapping.columns[field] ?? [];
    const codes = columns.flatMap((column) =>
      splitValues(this.cell(column), true).flatMap((value) => {
        const code = codeFor(list, value);
        if (code === null) this.note(column, 'code-unknown', 'drops-value', value);
        return code === null ? [] : [code];
      })
    );
    return [...new Set(codes)];
  }

  code<Entry extends VocabularyEntry>(field: Field, list: readonly Entry[]): Entry['code'] | null {
    return this.codes(field, list)[0] ?? null;
  }

  note(column: string, reason: ProblemReason, severity: RowProblem['severity'], value = this.cell(column)): void {
    const shown = value.slice(0, PROBLEM_VALUE_MAX_CHARACTERS);
    this.problems.push({ row: this.row, column, reason, severity, value: shown });
  }

  get rejected(): boolean {
    return this.problems.some((problem) => problem.severity === 'rejects-row');
  }

  private kept<Value>(field: Field, read: (raw: string) => Cell<Value>): Value | null {
    const { column, value } = this.raw(field);
    const cell = read(value);
    if (cell.reason !== null) this.note(column, cell.reason, cell.value === null ? 'drops-value' : 'notice', value);
    return cell.value;
  }

  private shortened(column: string, text: string, maxCharacters: number): string {
    if (text.length <= maxCharacters) return text;
    this.note(column, 'text-too-long', 'notice', text);
    return `${text.slice(0, maxCharacters - 1).trimEnd()}…`;
  }
}

function codeFor<Entry extends VocabularyEntry>(list: readonly Entry[], value: string): Entry['code'] | null {
  const lower = value.toLowerCase();
  if (isCodeOf(list, lower)) return lower;
  const plain = plainForm(value);
  return list.find((entry) => plainForm(entry.label) === plain)?.code ?? null;
}
