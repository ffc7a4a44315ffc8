import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { readMapping } from '@terreau/formats/fields';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { accept, refuse } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import type { ImportAnalysis } from './import-analysis.rules.ts';
import type { ReadingChoice } from './import-file.ts';

/** Preset that stands for "let the file say". */
export const PRESET_GUESSED = 'auto';

/** How a stored run is to be read: the preset and the mapping that somebody chose, or nothing. */
export function readingChoiceOf(run: {
  readonly preset: string;
  readonly mapping: unknown;
  readonly analysis: unknown;
}): ReadingChoice {
  const parts = (run.analysis as Pick<ImportAnalysis, 'parts'> | null)?.parts ?? [];
  const sheets = parts.flatMap((part) => (part.sheet === null ? [] : [part.sheet]));
  return {
    ...(sheets.length > 0 ? { sheets } : {}),
    preset: run.preset === PRESET_GUESSED ? null : run.preset,
    mapping: readMapping(run.mapping)
  };
}

/** A run gives a sign at each batch; silent for longer than this, it has lost its process. */
const RUN_LOST_AFTER_MINUTES = 5;

/** Whether a run that says "running" or "undoing" is written by nobody any more. */
export function isLost(
  run: { readonly state: string; readonly started_at: Instant | null; readonly alive_at: Instant | null },
  now: Instant
): boolean {
  if (run.state !== 'running' && run.state !== 'undoing') return false;
  const sign = Math.max(run.alive_at?.getTime() ?? 0, run.started_at?.getTime() ?? 0);
  return now.getTime() - sign > RUN_LOST_AFTER_MINUTES * 60_000;
}

/** A run in the hands of one process: whoever claims it later changes `started_at`, and the earlier one lets go. */
export interface HeldRun {
  readonly territoryId: Id;
  readonly runId: Id;
  readonly startedAt: Instant;
}

/** Locks the run for this commit and gives a sign of life. Answers its state, or null when it is no longer ours. */
export async function holdRun(tx: Tx, { territoryId, runId, startedAt }: HeldRun): Promise<string | null> {
  const row = await tx
    .updateTable('import_run')
    .set({ alive_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', runId)
    .where('territory_id', '=', territoryId)
    .where('started_at', '=', startedAt)
    .returning('state')
    .executeTakeFirst();
  return row?.state ?? null;
}

/** Writes in which state a run that we hold is from now on. */
export async function settleRun(
  ctx: Context,
  held: HeldRun,
  state: 'prepared' | 'undoing' | 'cancelled' | 'failed'
): Promise<void> {
  const isOver = state === 'cancelled' || state === 'failed';
  await transaction(ctx, `import-${state}`, async (tx, ledger) => {
    if (!(await holdRun(tx, held))) return refuse('taken-over');
    await tx
      .updateTable('import_run')
      .set({ state, finished_at: isOver ? ctx.now : null, ...(state === 'cancelled' ? { content: null } : {}) })
      .where('id', '=', held.runId)
      .where('territory_id', '=', held.territoryId)
      .execute();
    ledger.about('import-run', held.runId, held.territoryId);
    return accept();
  });
}
