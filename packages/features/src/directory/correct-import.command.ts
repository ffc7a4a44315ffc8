import type { Context } from '@terreau/database/context';
import { reading, transaction } from '@terreau/database/transaction';
import type { ColumnMapping } from '@terreau/formats/fields';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { analyse } from './import-analysis.rules.ts';
import { readImportFile, type FileRefusal } from './import-file.ts';
import { PRESET_GUESSED } from './import-runs.ts';
import { mayImport } from './import.policy.ts';
import { SOURCE_MAX_CHARACTERS } from './prepare-import.command.ts';

export interface CorrectImportRequest {
  readonly territoryId: Id;
  readonly runId: Id;
  /** Null: as the columns suggest. */
  readonly preset: string | null;
  /** Null: as the preset says. */
  readonly mapping: ColumnMapping | null;
  readonly source: string;
}

export type CorrectImportRefusal = 'not-found' | 'already-done' | 'source-missing' | FileRefusal;

/** Reads a prepared file again through other columns. Nothing of the directory is written. */
export async function correctImport(
  ctx: Context,
  request: CorrectImportRequest
): Promise<Verdict<undefined, CorrectImportRefusal>> {
  const { territoryId, runId, preset, mapping } = request;
  if (!mayImport(ctx.actor, territoryId) || !isId(runId)) return refuse('not-found');
  const source = request.source.trim();
  if (source === '' || source.length > SOURCE_MAX_CHARACTERS)
    return refuse('source-missing', { max: SOURCE_MAX_CHARACTERS });
  const run = await reading(ctx, (tx) =>
    tx
      .selectFrom('import_run')
      .select(['content', 'file_name', 'state'])
      .where('id', '=', runId)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst()
  );
  if (!run) return refuse('not-found');
  if (!run.content || run.state === 'running') return refuse('already-done');
  const parts = await readImportFile(new Uint8Array(run.content), run.file_name, { preset, mapping });
  if (!parts.ok) return parts;
  const analysis = analyse(parts.value);
  return transaction(ctx, 'correct-import', async (tx, ledger) => {
    await tx
      .updateTable('import_run')
      .set({
        preset: preset ?? PRESET_GUESSED,
        mapping: JSON.stringify(mapping ?? {}),
        source,
        rows_total: analysis.rows,
        analysis: JSON.stringify(analysis),
        state: 'prepared'
      })
      .where('id', '=', runId)
      .where('territory_id', '=', territoryId)
      .where('state', 'not in', ['running', 'done'])
      .execute();
    ledger.about('import-run', runId, territoryId);
    return accept();
  });
}
