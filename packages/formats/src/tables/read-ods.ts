import { SaxesParser } from 'saxes';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Sheet, SheetReading, TableRefusal } from '../read-table.ts';
import { sheetsLeft } from './read-xlsx.ts';
import { shapeTable, TABLE_MAX_COLUMNS, TABLE_MAX_ROWS, type GridRow } from './shape-table.ts';
import { readZipTexts } from './zip.ts';

/** Cells of all sheets together, once repetitions are laid out. */
const ODS_MAX_CELLS = 5_000_000;

/** The sheets of an OpenDocument workbook, in one pass. Repeated cells and rows are laid out only as far as they hold something. */
export function readOds(bytes: Uint8Array): Verdict<readonly SheetReading[], TableRefusal> {
  const content = readZipTexts(bytes, (name) => name === 'content.xml')?.get('content.xml');
  if (content === undefined) return refuse('file-unreadable');
  const read = readContent(content);
  if (read === 'too-large') return refuse('rows-too-many', { maxRows: TABLE_MAX_ROWS });
  if (read === 'broken') return refuse('file-unreadable');
  const sheets = read.map(({ name, hidden }) => ({ name, hidden }));
  const visible = sheets.filter((sheet) => !sheet.hidden);
  return accept(
    read.map((sheet) => ({
      name: sheet.name,
      hidden: sheet.hidden,
      isEmpty: sheet.rows.length === 0,
      table: () =>
        shapeTable(sheet.rows, {
          format: 'ods',
          warnings: sheetsLeft(visible, sheet),
          encoding: null,
          delimiter: null,
          sheet: sheet.name,
          sheets,
          declaredSystem: null
        })
    }))
  );
}

interface OdsSheet extends Sheet {
  readonly rows: GridRow[];
}

/** Where the reading stands: the sheet, the row and the cell being filled. */
interface Cursor {
  readonly sheets: OdsSheet[];
  readonly hiddenStyles: Set<string>;
  rowNumber: number;
  rowRepeat: number;
  cells: string[];
  /** Empty cells not laid out yet: they count only if something follows. */
  pendingEmpty: number;
  cellRepeat: number;
  cellValue: string | null;
  paragraphs: string[];
  depthInParagraph: number;
  inAnnotation: boolean;
  style: string;
  cellCount: number;
  tooLarge: boolean;
}

function readContent(content: string): OdsSheet[] | 'too-large' | 'broken' {
  const cursor: Cursor = {
    sheets: [],
    hiddenStyles: new Set(),
    rowNumber: 0,
    rowRepeat: 1,
    cells: [],
    pendingEmpty: 0,
    cellRepeat: 1,
    cellValue: null,
    paragraphs: [],
    depthInParagraph: 0,
    inAnnotation: false,
    style: '',
    cellCount: 0,
    tooLarge: false
  };
  const parser = new SaxesParser();
  let broken = false;
  parser.on('error', () => (broken = true));
  parser.on('opentag', (tag) => {
    open(cursor, tag.name, tag.attributes as Record<string, string>);
  });
  parser.on('text', (text) => {
    if (cursor.depthInParagraph > 0 && !cursor.inAnnotation) appendText(cursor, text);
  });
  parser.on('closetag', (tag) => {
    close(cursor, tag.name);
  });
  for (let start = 0; start < content.length && !cursor.tooLarge && !broken; start += CHUNK_CHARACTERS)
    parser.write(content.slice(start, start + CHUNK_CHARACTERS));
  if (cursor.tooLarge) return 'too-large';
  return broken ? 'broken' : cursor.sheets;
}

/** Reading stops between two chunks once a limit is met. */
const CHUNK_CHARACTERS = 1 << 16;

function open(cursor: Cursor, name: string, attributes: Record<string, string>): void {
  if (name === 'style:style') cursor.style = attributes['style:name'] ?? '';
  if (name === 'style:table-properties' && attributes['table:display'] === 'false')
    cursor.hiddenStyles.add(cursor.style);
  if (name === 'table:table') openSheet(cursor, attributes);
  if (name === 'table:table-row') openRow(cursor, attributes);
  if (name === 'table:table-cell' || name === 'table:covered-table-cell') openCell(cursor, attributes);
  if (name === 'office:annotation') cursor.inAnnotation = true;
  if (name === 'text:p') {
    cursor.depthInParagraph += 1;
    if (cursor.depthInParagraph === 1 && !cursor.inAnnotation) cursor.paragraphs.push('');
  }
  if (cursor.depthInParagraph > 0 && !cursor.inAnnotation) {
    if (name === 'text:s') appendText(cursor, ' '.repeat(Math.min(Number(attributes['text:c'] ?? 1), 100)));
    if (name === 'text:tab') appendText(cursor, '\t');
    if (name === 'text:line-break') appendText(cursor, '\n');
  }
}

function close(cursor: Cursor, name: string): void {
  if (name === 'text:p') cursor.depthInParagraph -= 1;
  if (name === 'office:annotation') cursor.inAnnotation = false;
  if (name === 'table:table-cell' || name === 'table:covered-table-cell') closeCell(cursor);
  if (name === 'table:table-row') closeRow(cursor);
}

function openSheet(cursor: Cursor, attributes: Record<string, string>): void {
  const hidden = cursor.hiddenStyles.has(attributes['table:style-name'] ?? '');
  cursor.sheets.push({ name: attributes['table:name'] ?? '', hidden, rows: [] });
  cursor.rowNumber = 0;
}

function openRow(cursor: Cursor, attributes: Record<string, string>): void {
  cursor.rowRepeat = repeatOf(attributes['table:number-rows-repeated']);
  cursor.cells = [];
  cursor.pendingEmpty = 0;
}

function openCell(cursor: Cursor, attributes: Record<string, string>): void {
  cursor.cellRepeat = repeatOf(attributes['table:number-columns-repeated']);
  // Shown text rounds numbers and spells dates: the stored value is exact.
  cursor.cellValue = attributes['office:date-value']?.replace(/T00:00:00$/, '') ?? attributes['office:value'] ?? null;
  cursor.paragraphs = [];
}

function closeCell(cursor: Cursor): void {
  const text = cursor.cellValue ?? cursor.paragraphs.join('\n');
  if (text.trim() === '') {
    cursor.pendingEmpty += cursor.cellRepeat;
    return;
  }
  const width = cursor.cells.length + cursor.pendingEmpty + cursor.cellRepeat;
  if (width > TABLE_MAX_COLUMNS) {
    cursor.tooLarge = true;
    return;
  }
  for (let count = 0; count < cursor.pendingEmpty; count += 1) cursor.cells.push('');
  for (let count = 0; count < cursor.cellRepeat; count += 1) cursor.cells.push(text);
  cursor.pendingEmpty = 0;
}

function closeRow(cursor: Cursor): void {
  const sheet = cursor.sheets[cursor.sheets.length - 1];
  const { cells, rowRepeat } = cursor;
  const first = cursor.rowNumber + 1;
  cursor.rowNumber += rowRepeat;
  if (!sheet || cells.length === 0) return;
  cursor.cellCount += cells.length * rowRepeat;
  if (sheet.rows.length + rowRepeat > TABLE_MAX_ROWS || cursor.cellCount > ODS_MAX_CELLS) {
    cursor.tooLarge = true;
    return;
  }
  for (let copy = 0; copy < rowRepeat; copy += 1) sheet.rows.push({ row: first + copy, cells });
}

function appendText(cursor: Cursor, text: string): void {
  const last = cursor.paragraphs.length - 1;
  if (last >= 0) cursor.paragraphs[last] += text;
}

function repeatOf(attribute: string | undefined): number {
  const count = Number(attribute ?? 1);
  return Number.isSafeInteger(count) && count > 0 ? count : 1;
}
