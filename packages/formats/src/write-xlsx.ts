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
    line.map((cell) => (cell === '' ? null : { value: cell.slice(0, XLSX_CELL_MAX_CHARACTERS), type: String }))
  );
  const blob = await writeXlsxFile([header, ...body], { sheet, stickyRowsCount: 1 }).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}

/** The whole directory as a workbook, read back without loss by the preset `terreau`. */
export function writeDirectoryXlsx(data: DirectoryExport): Promise<Uint8Array> {
  return writeXlsx('Annuaire', TABULAR_COLUMNS, tabularLines(data));
}
