import { plainForm } from './cells.ts';
import type { DirectoryRecord, ProblemReason } from './directory-record.ts';
import type { ColumnMapping, Field } from './fields.ts';
import type { Table } from './read-table.ts';
import type { RowReader } from './row-reader.ts';

/** How one kind of file is recognised and read. */
export interface Preset {
  readonly name: string;
  readonly label: string;
  readonly labelEn: string;
  /** Whether each row is an organisation, or a service that points to one. */
  readonly describes: 'organization' | 'service';
  /** Columns that only this kind of file has together; names are compared without accents, case and punctuation. */
  readonly signature: readonly string[];
  /** Share of the signature, in percent, below which the file is taken for something else. */
  readonly signatureMinPercent: number;
  /** Whether a repeated id refuses the second row (some official files repeat them legitimately). */
  readonly uniqueIds: boolean;
  /** Written by us: its ids and its addresses are believed. */
  readonly isOwn?: boolean;
  mappingFor(table: Table): ColumnMapping;
  /** A row to leave out before reading it (marked as ignored, not to be published). */
  refuseRow?(reader: RowReader): { readonly column: string; readonly reason: ProblemReason } | null;
  /** Completes what the columns gave. */
  refine?(record: DirectoryRecord, reader: RowReader): DirectoryRecord;
  /** Replaces the reading by columns altogether. */
  readWhole?(reader: RowReader): DirectoryRecord | null;
}

/** Accepted headers for each field, from the most to the least specific. */
export type ColumnNames = Readonly<Partial<Record<Field, readonly string[]>>>;

/** Fields whose columns are all read and joined, rather than the first that exists. */
const JOINED_FIELDS: ReadonlySet<Field> = new Set([
  'address',
  'words',
  'description',
  'service.description',
  'addressComplement'
]);

/** The columns of this table that answer to the names of a preset. */
export function mappingFrom(names: ColumnNames, table: Table): ColumnMapping {
  const byPlainForm = new Map<string, string>();
  for (const column of table.columns)
    if (!byPlainForm.has(plainForm(column))) byPlainForm.set(plainForm(column), column);
  const exact = new Set(table.columns);
  const columns: Partial<Record<Field, readonly string[]>> = {};
  for (const [field, accepted] of Object.entries(names) as [Field, readonly string[]][]) {
    const found = accepted
      .map((name) => (exact.has(name) ? name : byPlainForm.get(plainForm(name))))
      .filter((column) => column !== undefined);
    const distinct = [...new Set(found)];
    if (distinct.length > 0) columns[field] = JOINED_FIELDS.has(field) ? distinct : distinct.slice(0, 1);
  }
  return { columns };
}
