import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { mayWritePlan } from './plan.rules.ts';

export interface TakeOffAgendaRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly itemId: string;
}

/** Takes a consent back, at any time: from now on no member of the committee reads anything of the dossier. */
export async function takeOffAgenda(
  ctx: Context,
  { territoryId, dossierId, itemId }: TakeOffAgendaRequest
): Promise<Verdict<undefined, 'not-found' | 'plan-not-yours'>> {
  return transaction(ctx, 'take-off-agenda', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own || !isId(itemId)) return refuse('not-found');
    if (!mayWritePlan(own.role)) return refuse('plan-not-yours');
    const { numUpdatedRows } = await tx
      .updateTable('committee_item')
      .set({ withdrawn_at: ctx.now })
      .where('id', '=', itemId)
      .where('dossier_id', '=', own.row.id)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return refuse('not-found');
    ledger.about('dossier', own.row.id, territoryId, { item: itemId });
    return accept();
  });
}
