import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { fileOf, importedFileOf, planOf } from './support-import-rows.ts';
import type { SupportImportReport } from './support-import.rules.ts';
import type { SupportMapping, SupportPreset } from './support-presets.rules.ts';
import { keepsCatalogue } from './support.policy.ts';

export const SUPPORT_IMPORTS_PAGE_ROWS = 30;

export interface ListedSupportImport {
  readonly id: Id;
  readonly fileName: string;
  readonly source: string;
  readonly preset: SupportPreset;
  readonly state: 'prepared' | 'done' | 'cancelled';
  readonly createdAt: Instant;
}

/** The files that were read, newest first; null for whoever keeps no catalogue here. */
export async function listSupportImports(
  ctx: Context,
  territoryId: Id,
  after: string | null
): Promise<{ imports: ListedSupportImport[]; next: Id | null } | null> {
  if (!keepsCatalogue(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const rows = await tx
      .selectFrom('support_import')
      .select(['id', 'file_name as fileName', 'source', 'preset', 'state', 'created_at as createdAt'])
      .where('territory_id', '=', territoryId)
      .$if(isId(after), (query) => query.where('id', '<', after as Id))
      .orderBy('id', 'desc')
      .limit(SUPPORT_IMPORTS_PAGE_ROWS + 1)
      .execute();
    const imports = rows.slice(0, SUPPORT_IMPORTS_PAGE_ROWS) as ListedSupportImport[];
    return { imports, next: rows.length > SUPPORT_IMPORTS_PAGE_ROWS ? imports.at(-1)!.id : null };
  });
}

export interface FoundSupportImport extends ListedSupportImport {
  readonly mapping: SupportMapping;
  readonly columns: readonly string[];
  /** What was done, or what would be done now; null once given up, or when the file is gone. */
  readonly report: SupportImportReport | null;
}

/** One import: what the file would do here and now, or what it did. */
export async function findSupportImport(ctx: Context, territoryId: Id, id: string): Promise<FoundSupportImport | null> {
  if (!keepsCatalogue(ctx.actor, territoryId) || !isId(id)) return null;
  return reading(ctx, async (tx) => {
    const row = await tx
      .selectFrom('support_import')
      .selectAll()
      .where('id', '=', id)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst();
    if (!row) return null;
    const found = {
      id: row.id,
      fileName: row.file_name,
      source: row.source,
      preset: row.preset as SupportPreset,
      state: row.state as ListedSupportImport['state'],
      createdAt: row.created_at,
      mapping: row.mapping as unknown as SupportMapping,
      columns: [] as readonly string[],
      report: row.report as unknown as SupportImportReport | null
    };
    if (row.state !== 'prepared' || !row.content) return found;
    const imported = importedFileOf({ ...row, content: row.content });
    const file = await fileOf(imported);
    if (!file.ok) return found;
    const { report } = await planOf(tx, territoryId, file.value, imported);
    return { ...found, columns: file.value.columns, report };
  });
}
