import { createHash } from 'node:crypto';
import type { Context } from '@terreau/database/context';
import { reading, transaction } from '@terreau/database/transaction';
import { readMapping, type ColumnMapping } from '@terreau/formats/fields';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { analyse } from './import-analysis.rules.ts';
import { readImportFile, type FilePart, type FileRefusal } from './import-file.ts';
import { PRESET_GUESSED } from './import-runs.ts';
import { mayImport } from './import.policy.ts';
import { columnsKey } from './saved-mappings.ts';

export interface PrepareImportRequest {
  readonly territoryId: Id;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Name of a preset; absent: recognised from the columns. */
  readonly preset?: string | null;
  /** Absent: the preset's own. */
  readonly mapping?: ColumnMapping | null;
  /** Who produced the data; absent: told from the file's name. */
  readonly source?: string | null;
}

export type PrepareImportRefusal = 'not-found' | FileRefusal;

export const SOURCE_MAX_CHARACTERS = 120;
/** What a page takes; the command line takes what the readers take. */
export const IMPORT_UPLOAD_MAX_BYTES = 25_000_000;

/** Reads a file and keeps it for a confirmation, with what was understood of it. Nothing of the directory is written. */
export async function prepareImport(
  ctx: Context,
  request: PrepareImportRequest
): Promise<Verdict<{ runId: Id }, PrepareImportRefusal>> {
  if (!mayImport(ctx.actor, request.territoryId) || !isId(request.territoryId)) return refuse('not-found');
  const guessed = await readImportFile(request.bytes, request.fileName, request);
  if (!guessed.ok) return guessed;
  const saved =
    request.mapping || request.preset ? null : await findSavedMapping(ctx, request.territoryId, guessed.value);
  const parts = saved ? await readImportFile(request.bytes, request.fileName, saved) : guessed;
  if (!parts.ok) return parts;
  const choice = saved ?? request;
  const analysis = analyse(parts.value);
  return transaction(ctx, 'prepare-import', async (tx, ledger) => {
    const { id } = await tx
      .insertInto('import_run')
      .values({
        territory_id: request.territoryId,
        preset: choice.preset ?? PRESET_GUESSED,
        mapping: JSON.stringify(choice.mapping ?? {}),
        source: sourceOf(request),
        file_name: request.fileName.slice(-255),
        file_sha256: createHash('sha256').update(request.bytes).digest('hex'),
        file_bytes: request.bytes.length,
        content: Buffer.from(request.bytes),
        rows_total: analysis.rows,
        analysis: JSON.stringify(analysis),
        started_by: ctx.actor.accountId,
        created_at: ctx.now
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ledger.about('import-run', id, request.territoryId, { rows: analysis.rows });
    return accept({ runId: id });
  });
}

/** The columns that somebody chose for an earlier file with the same headers. */
async function findSavedMapping(
  ctx: Context,
  territoryId: Id,
  parts: readonly FilePart[]
): Promise<{ preset: string; mapping: ColumnMapping } | null> {
  const [only] = parts;
  if (!only || parts.length > 1 || only.preset.readWhole) return null;
  const row = await reading(ctx, (tx) =>
    tx
      .selectFrom('import_mapping')
      .select(['preset', 'mapping'])
      .where('territory_id', '=', territoryId)
      .where('columns_key', '=', columnsKey(only.table.columns))
      .orderBy('saved_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  );
  const mapping = row ? readMapping(row.mapping) : null;
  return row && mapping ? { preset: row.preset, mapping } : null;
}

/** `VilleMTP_MTP_EtabliPublic.geojson` → `VilleMTP_MTP_EtabliPublic`: stays the same when the file is imported again. */
function sourceOf({ source, fileName }: PrepareImportRequest): string {
  const typed = source?.trim();
  const stem = fileName
    .replace(/^.*[/\\]/, '')
    .replace(/\.[a-z0-9]{1,8}$/i, '')
    .trim();
  return (typed || stem || 'import').slice(0, SOURCE_MAX_CHARACTERS);
}
