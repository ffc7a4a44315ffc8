import { stringify } from 'csv-stringify/sync';
import type { DirectoryExport } from './directory-record.ts';
import { guardFormula } from './tables/read-delimited.ts';
import { TABULAR_COLUMNS, tabularLines } from './tabular-export.ts';

/** Formula-safe CSV of any table: UTF-8 with its mark and `;`, which French spreadsheets open with a double click. */
export function writeCsv(columns: readonly string[], lines: readonly (readonly string[])[]): string {
  const guarded = [columns, ...lines].map((line) => line.map(guardFormula));
  return stringify(guarded, { delimiter: ';', bom: true, record_delimiter: '\r\n', quoted_match: /[\r\n;"]|^\s|\s$/ });
}

/** The whole directory as one CSV table, read back without loss by the preset `terreau`. */
export function writeDirectoryCsv(data: DirectoryExport): string {
  return writeCsv(TABULAR_COLUMNS, tabularLines(data));
}
