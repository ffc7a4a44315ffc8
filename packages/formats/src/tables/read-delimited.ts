import { parse } from 'csv-parse/sync';
import { refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Table, TableRefusal, TableWarning } from '../read-table.ts';
import type { TextEncoding } from './decode-text.ts';
import { shapeTable, TABLE_MAX_ROWS } from './shape-table.ts';

const DELIMITERS = [';', ',', '\t', '|'] as const;
const SAMPLE_MAX_LINES = 200;
const RECORD_MAX_CHARACTERS = 1_000_000;

/** A quoted cell longer than this many lines is a quote that was never closed. */
const QUOTED_MAX_LINES = 300;

/** Text separated by `;`, `,`, tab or `|`, quoted cells with line breaks included. */
export function readDelimited(text: string, encoding: TextEncoding, mixedLines: number): Verdict<Table, TableRefusal> {
  if (text.trim() === '') return refuse('file-empty');
  const delimiter = guessDelimiter(text);
  const warnings: TableWarning[] = [];
  if (mixedLines > 0) warnings.push({ code: 'encoding-mixed', detail: String(mixedLines) });
  let records = parseRecords(text, delimiter, true);
  if (records === null || records.some(swallowedLines)) {
    warnings.push({ code: 'quotes-unbalanced', detail: '' });
    records = parseRecords(text, delimiter, false);
  }
  if (records === null) return refuse('file-unreadable');
  const grid = records.map((cells, index) => ({ row: index + 1, cells: cells.map(withoutFormulaGuard) }));
  return shapeTable(grid, {
    format: 'csv',
    warnings,
    encoding,
    delimiter,
    sheet: null,
    sheets: [],
    declaredSystem: null
  });
}

/** The delimiter that cuts most lines into the same number of pieces; quoted parts do not count. */
function guessDelimiter(text: string): string {
  const lines = unquotedLines(text);
  const scores = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const frequency = new Map<number, number>();
    for (const count of counts) if (count > 0) frequency.set(count, (frequency.get(count) ?? 0) + 1);
    return Math.max(
      0,
      ...[...frequency].map(([count, lineCount]) => (lineCount / lines.length) * Math.log2(1 + count))
    );
  });
  return DELIMITERS[scores.indexOf(Math.max(...scores))] ?? ';';
}

/** Undoes the apostrophe that {@link guardFormula} puts before what a spreadsheet would run. */
function withoutFormulaGuard(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

/** Puts an apostrophe before what a spreadsheet would run as a formula; plain negative numbers stay numbers. */
export function guardFormula(cell: string): string {
  if (/^-\d+(?:\.\d+)?$/.test(cell)) return cell;
  return /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function parseRecords(text: string, delimiter: string, quotes: boolean): string[][] | null {
  try {
    return parse(text, {
      delimiter,
      quote: quotes ? '"' : false,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: RECORD_MAX_CHARACTERS,
      // One more than allowed after the header, so that the excess is seen without reading it all.
      to: TABLE_MAX_ROWS + 100
    });
  } catch {
    return null;
  }
}

function swallowedLines(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.includes('\n') && cell.split('\n').length > QUOTED_MAX_LINES);
}

function unquotedLines(text: string): string[] {
  const sample = text.slice(0, 200_000).replace(/"(?:[^"]|"")*"/g, 'q');
  const lines = sample.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  return lines.slice(0, SAMPLE_MAX_LINES);
}
