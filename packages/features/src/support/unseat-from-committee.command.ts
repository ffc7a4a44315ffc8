import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { movedCommittee, type CommitteeAddress, type CommitteeRefusal } from './committee-rows.ts';

/** Ends somebody's seat: from now on they read nothing of the agenda. */
export async function unseatFromCommittee(
  ctx: Context,
  { memberId, ...address }: CommitteeAddress & { readonly memberId: string }
): Promise<Verdict<undefined, CommitteeRefusal>> {
  return transaction(ctx, 'unseat-from-committee', async (tx, ledger) => {
    const own = await movedCommittee(tx, ctx, address, 'seat');
    if (!own.ok) return own;
    if (!isId(memberId)) return refuse('not-found');
    const { numUpdatedRows } = await tx
      .updateTable('committee_member')
      .set({ left_at: ctx.now })
      .where('id', '=', memberId)
      .where('committee_id', '=', own.value.row.id)
      .where('left_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return refuse('not-found');
    ledger.about('committee', own.value.row.id, address.territoryId);
    return accept();
  });
}
