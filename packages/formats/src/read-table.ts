import { accept, refuse, type Refused, type Verdict } from '@terreau/kernel/verdict';
import { decodeText, type TextEncoding } from './tables/decode-text.ts';
import { readDelimited } from './tables/read-delimited.ts';
import { readJson } from './tables/read-json.ts';
import { readOds } from './tables/read-ods.ts';
import { readXlsx } from './tables/read-xlsx.ts';
import { listZip } from './tables/zip.ts';

/** A file of any of the formats, as columns and rows of text. Nothing is interpreted yet. */
export interface Table {
  readonly format: 'csv' | 'xlsx' | 'ods' | 'geojson' | 'json';
  /** Headers, each once: a repeated one gets ` (2)`, an empty one becomes `Colonne 4`. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  readonly warnings: readonly TableWarning[];
  readonly encoding: TextEncoding | null;
  readonly delimiter: string | null;
  /** The sheet (or the key of a JSON object) that was read, and all that could be. */
  readonly sheet: string | null;
  readonly sheets: readonly Sheet[];
  /** Name of the coordinate system that a GeoJSON file declares, if it does. */
  readonly declaredSystem: string | null;
}

export interface TableRow {
  /** Row as a spreadsheet shows it, from 1, header included; position in the list for JSON. */
  readonly row: number;
  /** As many as there are columns. */
  readonly cells: readonly string[];
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
}

/** `detail` is what the sentence on screen shows: a header, a count, a row. */
export interface TableWarning {
  readonly code:
    | 'header-repeated'
    | 'header-empty'
    | 'header-not-first'
    | 'rows-ragged'
    | 'rows-blank'
    | 'encoding-mixed'
    | 'quotes-unbalanced'
    | 'geometry-not-a-point'
    | 'sheets-left';
  readonly detail: string;
}

export type TableRefusal =
  | 'file-empty'
  | 'file-too-large'
  | 'file-unreadable'
  | 'format-unknown'
  | 'format-xls-save-as-xlsx'
  | 'archive-too-large'
  | 'rows-too-many'
  | 'columns-too-many'
  | 'cell-too-long'
  | 'nesting-too-deep'
  | 'sheet-not-found'
  | 'sheet-encrypted';

export interface ReadTableOptions {
  /** Name of the sheet; the first visible one that holds something otherwise. */
  readonly sheet?: string;
}

export const FILE_MAX_BYTES = 50_000_000;

/** One sheet of a file that was read once: its table is shaped when it is asked for. */
export interface SheetReading {
  /** Null when the file holds one table. */
  readonly name: string | null;
  readonly hidden: boolean;
  readonly isEmpty: boolean;
  table(): Verdict<Table, TableRefusal>;
}

/** Reads one table: the sheet asked for, else the first visible one that holds something. Refusals as {@link readSheets}. */
export async function readTable(
  bytes: Uint8Array,
  fileName: string,
  options: ReadTableOptions = {}
): Promise<Verdict<Table, TableRefusal>> {
  const sheets = await readSheets(bytes, fileName);
  if (!sheets.ok) return sheets;
  const asked = options.sheet;
  const chosen = asked === undefined ? firstFilled(sheets.value) : sheets.value.find(({ name }) => name === asked);
  if (chosen && !chosen.isEmpty) return chosen.table();
  return refuse(asked !== undefined && !chosen ? 'sheet-not-found' : 'file-empty');
}

/** The first visible sheet that holds something; a hidden one only in a workbook that shows none. */
export function firstFilled(sheets: readonly SheetReading[]): SheetReading | undefined {
  return sheets.find((sheet) => !sheet.hidden && !sheet.isEmpty) ?? sheets.find((sheet) => !sheet.isEmpty);
}

/**
 * Reads every sheet of a file in one pass, telling the format from the content and never from the name: the name only
 * separates `.csv` from text that is no table. Refusals carry in `details` the limit that was met.
 */
export async function readSheets(
  bytes: Uint8Array,
  fileName: string
): Promise<Verdict<readonly SheetReading[], TableRefusal>> {
  if (bytes.length === 0) return refuse('file-empty');
  if (bytes.length > FILE_MAX_BYTES) return refuse('file-too-large', { maxBytes: FILE_MAX_BYTES });
  if (startsWith(bytes, OLE_SIGNATURE)) return refuseOle(bytes);
  if (startsWith(bytes, ZIP_SIGNATURE)) return readZipped(bytes);
  if (looksBinary(bytes)) return refuse('format-unknown', { fileName });
  const { text, encoding, mixedLines } = decodeText(bytes);
  if (/^\s*[[{]/.test(text)) {
    const json = readJson(text, encoding);
    // A CSV may begin with a bracket; a broken JSON file should say so rather than pass for a table.
    if (json.ok || !/\.(csv|tsv|txt)$/i.test(fileName)) return json;
  }
  if (/^\s*<(?:!doctype|\?xml|html)/i.test(text)) return refuse('format-unknown', { fileName });
  return accept([
    { name: null, hidden: false, isEmpty: false, table: () => readDelimited(text, encoding, mixedLines) }
  ]);
}

const ZIP_SIGNATURE = [0x50, 0x4b, 0x03, 0x04];
const OLE_SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0];

async function readZipped(bytes: Uint8Array): Promise<Verdict<readonly SheetReading[], TableRefusal>> {
  const listed = listZip(bytes);
  if (!listed.ok) return listed;
  if (listed.value.has('xl/workbook.xml')) return readXlsx(bytes);
  if (listed.value.has('content.xml')) return readOds(bytes);
  return refuse('format-unknown');
}

/** The old Excel container also wraps password-protected xlsx files, which name their stream in UTF-16. */
function refuseOle(bytes: Uint8Array): Refused<TableRefusal> {
  const head = new TextDecoder('utf-16le').decode(bytes.subarray(0, Math.min(bytes.length, 1 << 16) & ~1));
  return head.includes('EncryptedPackage') ? refuse('sheet-encrypted') : refuse('format-xls-save-as-xlsx');
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Null bytes belong to no text but UTF-16, which begins with its mark. */
function looksBinary(bytes: Uint8Array): boolean {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return !marked && bytes.subarray(0, 4096).includes(0);
}
