import type { Context } from '@terreau/database/context';
import { reading, transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { progressOf } from './import-progress.ts';
import { isLost, settleRun, type HeldRun } from './import-runs.ts';
import { undoWritten } from './import-undo.ts';

/**
 * Takes back what killed processes left half-done; each run can then be started again. `isAlone`: no other process
 * can be at work, as when the embedded database has just been opened, so that whatever says "running" is lost.
 */
export async function undoLostImports(
  ctx: Context,
  { isAlone = false }: { readonly isAlone?: boolean } = {}
): Promise<Verdict<{ undone: number }, 'not-found'>> {
  if (!ctx.actor.isOperator) return refuse('not-found');
  const runs = await reading(ctx, (tx) =>
    tx
      .selectFrom('import_run')
      .select(['id', 'territory_id', 'state', 'started_at', 'alive_at'])
      .where('state', 'in', ['running', 'undoing'])
      .execute()
  );
  const lost = runs.filter((run) => !progressOf(run.id) && (isAlone || isLost(run, ctx.now)));
  for (const run of lost) await takeBack(ctx, { territoryId: run.territory_id, runId: run.id, startedAt: ctx.now });
  return accept({ undone: lost.length });
}

async function takeBack(ctx: Context, held: HeldRun): Promise<void> {
  await transaction(ctx, 'undo-lost-import', async (tx, ledger) => {
    await tx
      .updateTable('import_run')
      .set({ state: 'undoing', started_at: held.startedAt })
      .where('id', '=', held.runId)
      .where('territory_id', '=', held.territoryId)
      .where('state', 'in', ['running', 'undoing'])
      .execute();
    ledger.about('import-run', held.runId, held.territoryId);
    return accept();
  });
  if (await undoWritten(ctx, held)) await settleRun(ctx, held, 'failed');
}
