import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { follows, lockSupport } from './support-rows.ts';

/** `show` brings back what was hidden or withdrawn, or publishes a draft. */
export const SUPPORT_MOVES = ['hide', 'show', 'withdraw'] as const;
export type SupportMove = (typeof SUPPORT_MOVES)[number];

const MOVES: Readonly<Record<SupportMove, { readonly from: readonly string[]; readonly to: string }>> = {
  hide: { from: ['published'], to: 'hidden' },
  show: { from: ['hidden', 'withdrawn', 'draft'], to: 'published' },
  withdraw: { from: ['published', 'hidden', 'draft'], to: 'withdrawn' }
};

export type MoveSupportRefusal = 'not-found' | 'move-impossible' | 'follows-a-sheet';

/** Hides a sheet, brings it back, or withdraws it for good; what follows the directory can be hidden and shown again. */
export async function moveSupport(
  ctx: Context,
  request: { readonly territoryId: Id; readonly supportId: Id; readonly move: SupportMove }
): Promise<Verdict<undefined, MoveSupportRefusal>> {
  const { territoryId, move } = request;
  return transaction(ctx, `${move}-support`, async (tx, ledger) => {
    const row = await lockSupport(tx, ctx, territoryId, request.supportId);
    if (!row) return refuse('not-found');
    const { from, to } = MOVES[move];
    if (!from.includes(row.status)) return refuse('move-impossible');
    if (follows(row) && (move === 'withdraw' || (move === 'show' && !(await sourceStands(tx, row)))))
      return refuse('follows-a-sheet');
    await tx
      .updateTable('support')
      .set({ status: to, updated_at: ctx.now })
      .where('id', '=', row.id)
      .where('territory_id', '=', territoryId)
      .execute();
    ledger.about('support', row.id, territoryId, { from: row.status, to });
    return accept();
  });
}

/** Whether what the sheet follows is still there to be shown. */
async function sourceStands(tx: Tx, row: { status: string; organization_id: Id | null }): Promise<boolean> {
  if (row.status !== 'hidden') return false;
  if (row.organization_id === null) return true;
  const organization = await tx
    .selectFrom('organization')
    .select('status')
    .where('id', '=', row.organization_id)
    .executeTakeFirst();
  return organization?.status === 'published';
}
