import writeXlsxFile from 'write-excel-file/universal';
import type { DirectoryExport } from './directory-record.ts';
import { TABULAR_COLUMNS, tabularLines } from './tabular-export.ts';

/** Excel's own limit for one cell, in characters: longer text would make a file that Excel repairs by cutting. */
export const XLSX_CELL_MAX_CHARACTERS = 32_767;

/** A workbook of one sheet in which every cell is text: a spreadsheet neither computes nor rounds anything. */
export async function writeXlsx(
  sheet: string,
  columns: readonly string[],
  lines: readonly (readonly string[])[]
): Promise<Uint8Array> {
  const header = columns.map((column) => ({ value: column, type: String, fontWeight: 'bold' as const }));
  const body = lines.map((line) =>
    line.map((cell) => (cell === '' ? null : { value: escaped(cell.slice(0, XLSX_CELL_MAX_CHARACTERS)), type: String }))
  );
  const blob = await writeXlsxFile([header, ...body], { sheet, stickyRowsCount: 1 }).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}

/** The whole directory as a workbook, read back without loss by the preset `terreau`. */
export function writeDirectoryXlsx(data: DirectoryExport): Promise<Uint8Array> {
  return writeXlsx('Annuaire', TABULAR_COLUMNS, tabularLines(data));
}

/**
 * The format reads `_x0041_` as a letter, so an underscore that begins such a text is itself written as `_x005F_`.
 * The library keeps texts as keys of a plain object and loses those that every object has (`constructor`): their first
 * letter is written by its number, which spreadsheets show as the letter.
 */
function escaped(text: string): string {
  const plain = text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_').replace(/[^\P{Cc}\n\t]/gu, numbered);
  return plain in {} ? `${numbered(plain)}${plain.slice(1)}` : plain;
}

/** The first letter of `text` by its number: control characters, which XML refuses, are written so. */
function numbered(text: string): string {
  return `_x${text.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`;
}
