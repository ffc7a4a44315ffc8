import { detectPreset } from '@terreau/formats/detect';
import type { MappedRow } from '@terreau/formats/directory-record';
import type { ColumnMapping } from '@terreau/formats/fields';
import { mapTable } from '@terreau/formats/map-table';
import type { Preset } from '@terreau/formats/preset';
import { presetNamed } from '@terreau/formats/presets';
import { firstFilled, readSheets, type Table, type TableRefusal } from '@terreau/formats/read-table';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** How a file is to be read. What is absent is guessed from the file. */
export interface ReadingChoice {
  readonly preset?: string | null;
  readonly mapping?: ColumnMapping | null;
  /** Sheets known to hold something, from an earlier reading. */
  readonly sheets?: readonly string[];
}

/** One table of the file: a workbook may hold structures and their services on two sheets. */
export interface FilePart {
  /** Null when the file holds one table. */
  readonly sheet: string | null;
  readonly preset: Preset;
  readonly mapping: ColumnMapping;
  readonly table: Table;
  readonly rows: readonly MappedRow[];
}

export type FileRefusal = TableRefusal | 'preset-unknown' | 'mapping-without-name';

/** Sheets looked at in one workbook. */
const SHEETS_MAX_COUNT = 20;

/** Reads the file whole: its tables, and each row as a record or with the reason why it is none. Organisations come first. */
export async function readImportFile(
  bytes: Uint8Array,
  fileName: string,
  choice: ReadingChoice
): Promise<Verdict<readonly FilePart[], FileRefusal>> {
  const chosen = choice.preset ? presetNamed(choice.preset) : null;
  if (choice.preset && !chosen) return refuse('preset-unknown', { preset: choice.preset });
  const tables = await readTables(bytes, fileName, chosen, choice.sheets);
  if (!tables.ok) return tables;
  const parts = tables.value.map(({ sheet, table, preset }) => {
    const mapping = choice.mapping ?? preset.mappingFor(table);
    return { sheet, preset, mapping, table, rows: mapTable(table, preset, mapping).rows };
  });
  const [first] = parts;
  const blind =
    first && !first.preset.readWhole && first.preset.describes === 'organization' && !first.mapping.columns.name;
  if (blind && choice.mapping) return refuse('mapping-without-name');
  return accept(
    parts.sort((a, b) => Number(a.preset.describes === 'service') - Number(b.preset.describes === 'service'))
  );
}

interface SheetTable {
  readonly sheet: string | null;
  readonly table: Table;
  readonly preset: Preset;
}

async function readTables(
  bytes: Uint8Array,
  fileName: string,
  chosen: Preset | null,
  known?: readonly string[]
): Promise<Verdict<readonly SheetTable[], TableRefusal>> {
  const read = await readSheets(bytes, fileName);
  if (!read.ok) return read;
  const visible = read.value.filter((sheet) => !sheet.hidden && !sheet.isEmpty).slice(0, SHEETS_MAX_COUNT);
  const recognised: SheetTable[] = [];
  if (visible.length > 1) {
    for (const { name, table: shape } of visible) {
      if (name === null || (known && !known.includes(name))) continue;
      const table = shape();
      if (!table.ok) continue;
      const { preset } = detectPreset(table.value);
      if (preset.signature.length > 0 && (!chosen || chosen === preset))
        recognised.push({ sheet: name, table: table.value, preset });
    }
  }
  if (recognised.length > 1) return accept(recognised);
  const [only] = recognised;
  if (only) return accept([{ sheet: null, table: only.table, preset: chosen ?? only.preset }]);
  const table = firstFilled(read.value)?.table() ?? refuse('file-empty');
  if (!table.ok) return table;
  return accept([{ sheet: null, table: table.value, preset: chosen ?? detectPreset(table.value).preset }]);
}
