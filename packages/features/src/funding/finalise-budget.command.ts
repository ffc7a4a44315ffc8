import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { linesOf, moveOn, ownBudget, type BudgetAddress } from './budget-rows.ts';
import { checkFinal, type FinalRefusal } from './budget.rules.ts';

export type FinaliseBudgetRefusal = 'not-found' | 'budget-final' | 'changed-meanwhile' | FinalRefusal;

/** Freezes a balanced budget: from then on only a new version changes anything. */
export async function finaliseBudget(
  ctx: Context,
  request: BudgetAddress & { readonly version: number }
): Promise<Verdict<undefined, FinaliseBudgetRefusal>> {
  return transaction(ctx, 'finalise-budget', async (tx, ledger) => {
    const own = await ownBudget(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    const { budget } = own;
    if (budget.finalised_at) return refuse('budget-final');
    const checked = checkFinal(await linesOf(tx, budget));
    if (!checked.ok) return checked;
    if (!(await moveOn(tx, ctx, budget.id, request.version))) return refuse('changed-meanwhile');
    await tx
      .updateTable('budget')
      .set({ finalised_at: ctx.now, finalised_by: ctx.actor.accountId })
      .where('id', '=', budget.id)
      .execute();
    ledger.about('dossier', own.row.id, request.territoryId, { budget: budget.id });
    return accept();
  });
}
