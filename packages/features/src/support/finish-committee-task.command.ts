import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { itemOf, movedCommittee, type CommitteeAddress, type CommitteeRefusal } from './committee-rows.ts';

/** Says that a task of the committee is done. */
export async function finishCommitteeTask(
  ctx: Context,
  { taskId, itemId, ...address }: CommitteeAddress & { readonly taskId: string; readonly itemId: string }
): Promise<Verdict<undefined, CommitteeRefusal>> {
  return transaction(ctx, 'finish-committee-task', async (tx, ledger) => {
    const own = await movedCommittee(tx, ctx, address, 'finish-task');
    if (!own.ok) return own;
    const item = await itemOf(tx, own.value.row.id, itemId);
    if (!item || !isId(taskId)) return refuse('not-found');
    const { numUpdatedRows } = await tx
      .updateTable('committee_task')
      .set({ done_at: ctx.now })
      .where('id', '=', taskId)
      .where('item_id', '=', item.id)
      .where('done_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return refuse('not-found');
    ledger.about('committee', own.value.row.id, address.territoryId, { item: item.id });
    return accept();
  });
}
