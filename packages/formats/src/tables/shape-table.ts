import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Table, TableRefusal, TableRow, TableWarning } from '../read-table.ts';

export const TABLE_MAX_ROWS = 200_000;
export const TABLE_MAX_COLUMNS = 500;
export const CELL_MAX_CHARACTERS = 50_000;

/** Header is looked for among these first rows. */
const HEADER_SEARCH_MAX_ROWS = 30;
const WIDTH_SAMPLE_MAX_ROWS = 200;

export interface GridRow {
  readonly row: number;
  readonly cells: readonly string[];
}

type Provenance = Omit<Table, 'columns' | 'rows'>;

/** From raw rows to a table: finds the header, names each column once, levels ragged rows, leaves blank ones out. */
export function shapeTable(grid: readonly GridRow[], provenance: Provenance): Verdict<Table, TableRefusal> {
  const filled = grid.filter((row) => row.cells.some((cell) => cell.trim() !== ''));
  const headerIndex = findHeader(filled);
  const header = filled[headerIndex];
  if (!header) return refuse('file-empty');
  const body = filled.slice(headerIndex + 1);
  if (body.length > TABLE_MAX_ROWS) return refuse('rows-too-many', { maxRows: TABLE_MAX_ROWS });
  const width = Math.max(filledWidth(header.cells), ...widthsOf(body));
  if (width > TABLE_MAX_COLUMNS) return refuse('columns-too-many', { maxColumns: TABLE_MAX_COLUMNS });
  const long = body.find((row) => row.cells.some((cell) => cell.length > CELL_MAX_CHARACTERS));
  if (long) return refuse('cell-too-long', { row: long.row, maxCharacters: CELL_MAX_CHARACTERS });
  const named = nameColumns(header.cells, width);
  const lastRow = grid[grid.length - 1]?.row ?? 0;
  const blanks = lastRow - (header.row + body.length);
  const warnings = [
    ...provenance.warnings,
    ...(headerIndex > 0 || header.row > 1 ? [{ code: 'header-not-first' as const, detail: String(header.row) }] : []),
    ...named.warnings,
    ...raggedWarning(body, header.cells.length),
    ...(blanks > 0 ? [{ code: 'rows-blank' as const, detail: String(blanks) }] : [])
  ];
  return accept({ ...provenance, columns: named.columns, rows: body.map((row) => level(row, width)), warnings });
}

/** Each name once; an empty one is told by its position. */
function nameColumns(header: readonly string[], width: number): { columns: string[]; warnings: TableWarning[] } {
  const warnings: TableWarning[] = [];
  const columns: string[] = [];
  const taken = new Set<string>();
  for (let index = 0; index < width; index += 1) {
    const typed = headerName(header[index] ?? '');
    if (typed === '') warnings.push({ code: 'header-empty', detail: String(index + 1) });
    const name = typed === '' ? `Colonne ${index + 1}` : typed;
    if (taken.has(name)) warnings.push({ code: 'header-repeated', detail: name });
    let unique = name;
    for (let copy = 2; taken.has(unique); copy += 1) unique = `${name} (${copy})`;
    taken.add(unique);
    columns.push(unique);
  }
  return { columns, warnings };
}

/** Without line breaks, nor the dBase types that some geographic tools glue to names (`LIBEL,C,254`). */
function headerName(cell: string): string {
  return cell
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
    .replace(/,[CNDFL],\d+(?:,\d+)?$/, '');
}

/**
 * The header is the first row nearly as full as the usual row: titles, dates and notes above it fill one cell or two.
 */
function findHeader(rows: readonly GridRow[]): number {
  const fullness = rows
    .slice(0, WIDTH_SAMPLE_MAX_ROWS)
    .map((row) => row.cells.filter((cell) => cell.trim() !== '').length);
  const usual = modeOf(fullness);
  const found = fullness
    .slice(0, HEADER_SEARCH_MAX_ROWS)
    .findIndex(
      (count, index) => count >= Math.min(usual, 2) && count * 10 >= usual * 6 && !onlyNumbers(rows[index]!.cells)
    );
  return found === -1 ? 0 : found;
}

function onlyNumbers(cells: readonly string[]): boolean {
  return cells.every((cell) => /^[\s\d.,+-]*$/.test(cell));
}

function modeOf(counts: readonly number[]): number {
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  return [...frequency].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0]!;
}

function* widthsOf(rows: readonly GridRow[]): Generator<number> {
  // A spread over 200,000 rows would overflow the stack: only new maxima are given.
  let widest = 0;
  for (const row of rows) {
    if (row.cells.length <= widest) continue;
    const width = filledWidth(row.cells);
    if (width > widest) yield (widest = width);
  }
}

function filledWidth(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && cells[width - 1]!.trim() === '') width -= 1;
  return width;
}

function raggedWarning(rows: readonly GridRow[], headerWidth: number): TableWarning[] {
  const ragged = rows.filter((row) => row.cells.length !== headerWidth).length;
  return ragged === 0 ? [] : [{ code: 'rows-ragged', detail: String(ragged) }];
}

function level(row: GridRow, width: number): TableRow {
  const cells = row.cells.slice(0, width);
  while (cells.length < width) cells.push('');
  return { row: row.row, cells };
}
