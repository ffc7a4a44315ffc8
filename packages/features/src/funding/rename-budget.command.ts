import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { moveOn, ownBudget, type BudgetAddress } from './budget-rows.ts';

export type RenameBudgetRefusal = 'not-found' | 'budget-final' | 'changed-meanwhile';

/** Gives a draft another name; the former one stays known, with who changed it and when. The same name changes nothing. */
export async function renameBudget(
  ctx: Context,
  request: BudgetAddress & { readonly version: number; readonly title: string }
): Promise<Verdict<undefined, RenameBudgetRefusal>> {
  return transaction(ctx, 'rename-budget', async (tx, ledger) => {
    const own = await ownBudget(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    const { budget } = own;
    if (budget.finalised_at) return refuse('budget-final');
    if (budget.title === request.title) return accept();
    if (!(await moveOn(tx, ctx, budget.id, request.version))) return refuse('changed-meanwhile');
    await tx.updateTable('budget').set({ title: request.title }).where('id', '=', budget.id).execute();
    await tx
      .insertInto('budget_renaming')
      .values({
        budget_id: budget.id,
        dossier_id: budget.dossier_id,
        territory_id: budget.territory_id,
        title_before: budget.title,
        renamed_by: ctx.actor.accountId,
        renamed_at: ctx.now
      })
      .execute();
    ledger.about('dossier', own.row.id, request.territoryId, { budget: budget.id, renamed: true });
    return accept();
  });
}
