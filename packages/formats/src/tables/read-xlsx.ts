import readWorkbook from 'read-excel-file/universal';
import { SaxesParser } from 'saxes';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Sheet, SheetReading, TableRefusal, TableWarning } from '../read-table.ts';
import { shapeTable, TABLE_MAX_COLUMNS, TABLE_MAX_ROWS, type GridRow } from './shape-table.ts';
import { readZipTexts } from './zip.ts';

/** Sheets of a workbook that are looked at. */
const SHEETS_MAX_COUNT = 100;

/** The sheets of an Excel workbook, in one pass. The library lays cells out in full, so far-away cells are refused beforehand. */
export async function readXlsx(bytes: Uint8Array): Promise<Verdict<readonly SheetReading[], TableRefusal>> {
  const parts = readZipTexts(bytes, (name) => name === 'xl/workbook.xml' || /^xl\/worksheets\/[^/]+\.xml$/.test(name));
  if (!parts) return refuse('file-unreadable');
  const tooFar = refuseFarCells(parts);
  if (tooFar) return tooFar;
  const sheets = listSheets(parts.get('xl/workbook.xml') ?? '').slice(0, SHEETS_MAX_COUNT);
  const visible = sheets.filter((sheet) => !sheet.hidden);
  const grids = await readGrids(bytes);
  if (!grids) return refuse('file-unreadable');
  return accept(
    sheets.map((sheet) => {
      const grid = grids.get(sheet.name) ?? [];
      return {
        ...sheet,
        isEmpty: grid.length === 0,
        table: () => shapeTable(grid, provenanceOf(sheet, sheets, sheetsLeft(visible, sheet)))
      };
    })
  );
}

function provenanceOf(sheet: Sheet, sheets: readonly Sheet[], warnings: TableWarning[]) {
  return {
    format: 'xlsx' as const,
    warnings,
    encoding: null,
    delimiter: null,
    sheet: sheet.name,
    sheets,
    declaredSystem: null
  };
}

export function sheetsLeft(visible: readonly Sheet[], read: Sheet): TableWarning[] {
  const left = visible.filter((sheet) => sheet.name !== read.name).map((sheet) => sheet.name);
  return left.length === 0 ? [] : [{ code: 'sheets-left', detail: left.join(', ') }];
}

async function readGrids(bytes: Uint8Array): Promise<Map<string, GridRow[]> | null> {
  try {
    // A view on a larger buffer would hand over its neighbours too.
    const copy = new Uint8Array(bytes).buffer;
    const sheets = await readWorkbook<string>(copy, { parseNumber: plainNumber, trim: false });
    return new Map(
      sheets.map(({ sheet, data }) => [
        sheet,
        data.map((cells, index) => ({ row: index + 1, cells: cells.map(cellText) }))
      ])
    );
  } catch {
    return null;
  }
}

/** `6.0487647500499E13` is how the file stores sixty thousand billion: whole numbers are given back whole. */
function plainNumber(stored: string): string {
  const number = Number(stored);
  if (Number.isSafeInteger(number)) return String(number);
  return /[eE]/.test(stored) && Number.isFinite(number) ? String(number) : stored;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return '';
    const iso = value.toISOString();
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
  }
  if (typeof value === 'boolean') return value ? 'VRAI' : 'FAUX';
  return String(value);
}

function listSheets(workbook: string): Sheet[] {
  const sheets: Sheet[] = [];
  const parser = new SaxesParser();
  parser.on('error', () => undefined);
  parser.on('opentag', (tag) => {
    const { name, state } = tag.attributes as Record<string, string>;
    if (/(?:^|:)sheet$/.test(tag.name) && name !== undefined)
      sheets.push({ name, hidden: state !== undefined && state !== 'visible' });
  });
  parser.write(workbook).close();
  return sheets;
}

/** A cell in row 1,048,576 or column XFD makes a table of seventeen billion cells out of a hundred bytes. */
function refuseFarCells(parts: ReadonlyMap<string, string>): Verdict<never, TableRefusal> | null {
  for (const [name, text] of parts) {
    if (name === 'xl/workbook.xml') continue;
    for (const [, letters, digits] of text.matchAll(/\br="([A-Za-z]{0,4})(\d{1,9})"/g)) {
      if (Number(digits) > TABLE_MAX_ROWS) return refuse('rows-too-many', { maxRows: TABLE_MAX_ROWS });
      if (columnNumber(letters!) > TABLE_MAX_COLUMNS)
        return refuse('columns-too-many', { maxColumns: TABLE_MAX_COLUMNS });
    }
  }
  return null;
}

function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
