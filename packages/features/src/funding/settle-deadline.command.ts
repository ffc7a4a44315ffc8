import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { ownFunding } from './budget-rows.ts';

/**
 * Says that a deadline is done, or that it is not after all. What is done is reminded of to nobody: each reminder is
 * decided on its own day, from what is still open, and one that waits to leave does not.
 */
export async function settleDeadline(
  ctx: Context,
  request: {
    readonly territoryId: Id;
    readonly dossierId: string;
    readonly deadlineId: string;
    readonly isDone: boolean;
  }
): Promise<Verdict<undefined, 'not-found'>> {
  return transaction(ctx, 'settle-deadline', async (tx, ledger) => {
    const own = await ownFunding(tx, ctx, request.territoryId, request.dossierId, 'work');
    if (!own || !isId(request.deadlineId)) return refuse('not-found');
    const { numUpdatedRows } = await tx
      .updateTable('dossier_deadline')
      .set(request.isDone ? { done_at: ctx.now, done_by: ctx.actor.accountId } : { done_at: null, done_by: null })
      .where('id', '=', request.deadlineId)
      .where('dossier_id', '=', own.row.id)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return refuse('not-found');
    if (request.isDone) await cancelReminders(tx, request.deadlineId);
    ledger.about('dossier', own.row.id, request.territoryId, { deadline: request.deadlineId, done: request.isDone });
    return accept();
  });
}

async function cancelReminders(tx: Tx, deadlineId: Id): Promise<void> {
  await asPlatform(tx, () =>
    tx
      .deleteFrom('outbox')
      .where('once_key', 'like', `deadline:${deadlineId}:%`)
      .where('state', '=', 'pending')
      .execute()
  );
}
