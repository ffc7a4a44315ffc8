import type { Tx } from '@terreau/database/transaction';
import type { Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { rowsOf, type PersonalSubject } from './personal-subject.ts';
import type { LegalBasis, PersonalTable, PersonKey } from './privacy-entry.ts';
import { PRIVACY_REGISTRY } from './privacy-registry.ts';

/** Rows of one table that one export shows. */
export const EXPORTED_ROWS_MAX_COUNT = 2000;

export type ExportedValue = string | number | boolean | null | Instant | readonly string[];
export type ExportedRow = Readonly<Record<string, ExportedValue>>;

/** What one table knows of somebody. */
export interface ExportedTable {
  readonly table: string;
  readonly purpose: string;
  readonly basis: LegalBasis;
  readonly retention: string;
  /** Rows about them. */
  readonly about: readonly ExportedRow[];
  /** Rows about something else, which they made or decided. */
  readonly done: readonly ExportedRow[];
  /** False when there are more rows than one export shows. */
  readonly isComplete: boolean;
}

export interface CountedTable {
  readonly table: string;
  readonly count: number;
}

/** Everything about a person; nobody else appears in it. */
export interface PersonalExport {
  readonly madeAt: Instant;
  readonly names: readonly string[];
  readonly tables: readonly ExportedTable[];
}

/** Reads everything about `subject`, table by table in the registry's order. The caller holds the platform's rights. */
export async function exportRows(
  tx: Tx,
  subject: PersonalSubject,
  language: 'fr' | 'en',
  now: Instant
): Promise<PersonalExport> {
  const tables: ExportedTable[] = [];
  // The account first: what a reader looks for.
  for (const entry of PRIVACY_REGISTRY.toReversed()) {
    const about = await select(tx, entry, 'own', subject);
    const done = await select(tx, entry, 'mention', subject);
    if (about.length + done.length === 0) continue;
    tables.push({
      table: entry.table,
      purpose: entry.purpose[language],
      basis: entry.basis,
      retention: entry.retention[language],
      about: about.slice(0, EXPORTED_ROWS_MAX_COUNT),
      done: done.slice(0, EXPORTED_ROWS_MAX_COUNT),
      isComplete: about.length <= EXPORTED_ROWS_MAX_COUNT && done.length <= EXPORTED_ROWS_MAX_COUNT
    });
  }
  return { madeAt: now, names: subject.names, tables };
}

/** How many rows of each table {@link exportRows} would show, in the same order: what they say is not read. */
export async function countRows(tx: Tx, subject: PersonalSubject): Promise<CountedTable[]> {
  const counted: CountedTable[] = [];
  for (const entry of PRIVACY_REGISTRY.toReversed()) {
    let count = 0;
    for (const link of ['own', 'mention'] as const) {
      const from = selection(entry, link, subject);
      if (!from) continue;
      const { rows } = await sql<{ count: number }>`select count(*)::int as count ${from}`.execute(tx);
      count += rows[0]!.count;
    }
    if (count > 0) counted.push({ table: entry.table, count });
  }
  return counted;
}

async function select(
  tx: Tx,
  entry: PersonalTable,
  link: PersonKey['link'],
  subject: PersonalSubject
): Promise<ExportedRow[]> {
  const from = selection(entry, link, subject);
  if (!from) return [];
  const { rows } = await sql<ExportedRow>`
    select ${sql.join(shown(entry, link).map((column) => sql.ref(column)))} ${from}
    order by ctid limit ${EXPORTED_ROWS_MAX_COUNT + 1}`.execute(tx);
  return rows;
}

function shown(entry: PersonalTable, link: PersonKey['link']): readonly string[] {
  return link === 'own' ? entry.exported : entry.mentioned;
}

/** From which rows of a table an export is made; null when it shows nothing of it. */
function selection(entry: PersonalTable, link: PersonKey['link'], subject: PersonalSubject) {
  const own = conditions(entry, 'own', subject);
  const wanted = conditions(entry, link, subject);
  if (shown(entry, link).length === 0 || wanted.length === 0) return null;
  // A row that is about them is not shown a second time for having been made by them.
  const notOwn =
    link === 'mention' && own.length > 0 ? sql` and not coalesce(${sql.join(own, sql` or `)}, false)` : sql``;
  return sql`from ${sql.table(entry.table)} where (${sql.join(wanted, sql` or `)})${notOwn}`;
}

function conditions(entry: PersonalTable, link: PersonKey['link'], subject: PersonalSubject) {
  return entry.keys
    .filter((key) => key.link === link && (key.erasure !== 'keep' || key.holds === 'dossier'))
    .map((key) => rowsOf(key, subject, 'proven'))
    .filter((condition) => condition !== null);
}
