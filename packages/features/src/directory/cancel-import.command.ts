import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { progressOf } from './import-progress.ts';
import { mayImport } from './import.policy.ts';

export type CancelImportRefusal = 'not-found' | 'already-done';

/** Gives up a prepared or a running import. A running one stops at its next batch and leaves nothing behind. */
export async function cancelImport(
  ctx: Context,
  request: { territoryId: Id; runId: Id }
): Promise<Verdict<undefined, CancelImportRefusal>> {
  const { territoryId, runId } = request;
  if (!mayImport(ctx.actor, territoryId) || !isId(runId)) return refuse('not-found');
  // In this process the run listens; the row below speaks to other processes, and on the embedded database it waits.
  progressOf(runId)?.cancellation.abort();
  return transaction(ctx, 'cancel-import', async (tx, ledger) => {
    const run = await tx
      .selectFrom('import_run')
      .select(['id', 'state'])
      .where('id', '=', runId)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst();
    if (!run) return refuse('not-found');
    if (run.state === 'done') return refuse('already-done');
    await tx
      .updateTable('import_run')
      .set({ state: 'cancelled', content: null, finished_at: ctx.now })
      .where('id', '=', runId)
      .where('territory_id', '=', territoryId)
      .where('state', '!=', 'done')
      .execute();
    ledger.about('import-run', runId, territoryId);
    return accept();
  });
}
