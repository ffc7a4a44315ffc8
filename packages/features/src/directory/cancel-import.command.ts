import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { progressOf } from './import-progress.ts';
import { isLost, settleRun } from './import-runs.ts';
import { undoWritten } from './import-undo.ts';
import { mayImport } from './import.policy.ts';

export type CancelImportRefusal = 'not-found' | 'already-done';

/**
 * Gives up a prepared or a running import. A running one stops at its next batch and takes back what it wrote; one
 * that lost its process is taken back here.
 */
export async function cancelImport(
  ctx: Context,
  request: { territoryId: Id; runId: Id }
): Promise<Verdict<undefined, CancelImportRefusal>> {
  const { territoryId, runId } = request;
  if (!mayImport(ctx.actor, territoryId) || !isId(runId)) return refuse('not-found');
  // In this process the run listens; the row below speaks to other processes.
  progressOf(runId)?.cancellation.abort();
  const verdict = await transaction(ctx, 'cancel-import', async (tx, ledger) => {
    const run = await tx
      .selectFrom('import_run')
      .select(['id', 'state', 'started_at', 'alive_at'])
      .where('id', '=', runId)
      .where('territory_id', '=', territoryId)
      .forUpdate()
      .executeTakeFirst();
    if (!run) return refuse('not-found');
    if (run.state === 'done') return refuse('already-done');
    const isUnderWay = run.state === 'running' || run.state === 'undoing';
    const mustUndo = isLost(run, ctx.now);
    await tx
      .updateTable('import_run')
      .set(
        isUnderWay
          ? { state: 'undoing', ...(mustUndo ? { started_at: ctx.now } : {}) }
          : { state: 'cancelled', content: null, finished_at: ctx.now }
      )
      .where('id', '=', runId)
      .where('territory_id', '=', territoryId)
      .execute();
    ledger.about('import-run', runId, territoryId);
    return accept({ mustUndo });
  });
  if (!verdict.ok) return verdict;
  const held = { territoryId, runId, startedAt: ctx.now };
  if (verdict.value.mustUndo && (await undoWritten(ctx, held))) await settleRun(ctx, held, 'cancelled');
  return accept();
}
