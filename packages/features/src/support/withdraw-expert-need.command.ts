import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, type Verdict } from '@terreau/kernel/verdict';
import { movedNeed, type ExpertAddress, type ExpertRefusal } from './expert-rows.ts';

/** Says that an expertise is needed no more; nobody was chosen for it. */
export async function withdrawExpertNeed(
  ctx: Context,
  address: ExpertAddress
): Promise<Verdict<undefined, ExpertRefusal>> {
  return transaction(ctx, 'withdraw-expert-need', async (tx, ledger) => {
    const own = await movedNeed(tx, ctx, address, 'withdraw');
    if (!own.ok) return own;
    const { row, need } = own.value;
    await tx
      .updateTable('expert_need')
      .set({ withdrawn_at: ctx.now })
      .where('id', '=', need.id)
      .where('dossier_id', '=', row.id)
      .execute();
    ledger.about('dossier', row.id, address.territoryId, { need: need.id });
    return accept();
  });
}
