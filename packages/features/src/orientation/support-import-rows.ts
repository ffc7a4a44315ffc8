import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Verdict } from '@terreau/kernel/verdict';
import type { TableRefusal } from '@terreau/formats/read-table';
import { keepsCatalogue } from './support.policy.ts';
import { planSupportImport, type KnownSupport, type PlannedRow } from './support-import.rules.ts';
import { readSupportFile, type SupportFile, type SupportMapping } from './support-presets.rules.ts';
import { fieldsOfRow, supportColumns } from './support-rows.ts';

export interface ImportedFile {
  readonly source: string;
  readonly trueOn: string | null;
  readonly fileName: string;
  readonly content: Uint8Array;
  readonly mapping: SupportMapping;
}

/** Reads the file with the columns chosen, or those that it suggests. */
export function fileOf(file: ImportedFile): Promise<Verdict<SupportFile, TableRefusal>> {
  const chosen = Object.keys(file.mapping).length > 0 ? file.mapping : null;
  return readSupportFile(file.content, file.fileName, chosen);
}

/** What the file would do here and now. */
export async function planOf(tx: Tx, territoryId: Id, file: SupportFile, { source, trueOn }: ImportedFile) {
  const neighbourhoods = await tx
    .selectFrom('neighbourhood')
    .select(['id', 'name'])
    .where('territory_id', '=', territoryId)
    .execute();
  return planSupportImport(file.rows, await knownSupports(tx, territoryId, file, source), {
    trueOn,
    neighbourhoods: new Map(neighbourhoods.map(({ id, name }) => [name, id]))
  });
}

/** The sheets of this source by identifier; for our own table, also those that bear the identifier themselves. */
async function knownSupports(
  tx: Tx,
  territoryId: Id,
  file: SupportFile,
  source: string
): Promise<Map<string, KnownSupport>> {
  const ids = file.preset === 'terreau' ? file.rows.map(({ sourceId }) => sourceId).filter(isId) : [];
  const rows = await tx
    .selectFrom('support')
    .selectAll()
    .where('territory_id', '=', territoryId)
    .where('service_id', 'is', null)
    .where('skill_id', 'is', null)
    .where('post_id', 'is', null)
    .where((where) => where.or([where('source', '=', source), ...(ids.length > 0 ? [where('id', 'in', ids)] : [])]))
    .execute();
  return new Map(
    rows.map((row) => {
      const isOfSource = row.source === source && row.source_id !== null;
      const known: KnownSupport = {
        id: row.id,
        fields: fieldsOfRow(row),
        imported: isOfSource ? (row.imported as KnownSupport['imported']) : null,
        checkedOn: row.checked_on
      };
      return [isOfSource ? row.source_id! : row.id, known];
    })
  );
}

const WRITTEN_AT_ONCE_COUNT = 200;

/** Writes what was planned: new sheets in batches, changed ones one by one. */
export async function writePlan(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  source: string,
  planned: readonly PlannedRow[]
): Promise<void> {
  const fresh = planned.filter(({ id }) => id === null);
  for (let start = 0; start < fresh.length; start += WRITTEN_AT_ONCE_COUNT) {
    await tx
      .insertInto('support')
      .values(
        fresh.slice(start, start + WRITTEN_AT_ONCE_COUNT).map((row) => ({
          ...supportColumns(row.given),
          territory_id: territoryId,
          source,
          source_id: row.sourceId,
          imported: JSON.stringify(row.given),
          checked_on: row.checkedOn,
          created_by: ctx.actor.accountId,
          created_at: ctx.now,
          updated_at: ctx.now
        }))
      )
      .execute();
  }
  for (const row of planned) {
    if (row.id === null) continue;
    await tx
      .updateTable('support')
      .set({
        ...supportColumns(row.changes),
        // A sheet written here stays so: only sheets of a source remember what the source gave.
        imported: (expression) =>
          expression
            .case()
            .when('source', '=', source)
            .then(JSON.stringify(row.given))
            .else(expression.ref('imported'))
            .end(),
        checked_on: row.checkedOn,
        updated_at: ctx.now
      })
      .where('id', '=', row.id)
      .where('territory_id', '=', territoryId)
      .execute();
  }
}

/** The import, locked, if the actor keeps the catalogue of its territory. */
export async function lockSupportImport(tx: Tx, ctx: Context, territoryId: Id, id: Id) {
  if (!keepsCatalogue(ctx.actor, territoryId) || !isId(id) || !isId(territoryId)) return undefined;
  return tx
    .selectFrom('support_import')
    .selectAll()
    .where('id', '=', id)
    .where('territory_id', '=', territoryId)
    .forUpdate()
    .executeTakeFirst();
}

export function importedFileOf(row: {
  source: string;
  true_on: string | null;
  file_name: string;
  content: Buffer;
  mapping: unknown;
}): ImportedFile {
  return {
    source: row.source,
    trueOn: row.true_on,
    fileName: row.file_name,
    content: new Uint8Array(row.content),
    mapping: row.mapping as SupportMapping
  };
}
