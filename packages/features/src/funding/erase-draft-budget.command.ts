import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { ownBudget, type BudgetAddress } from './budget-rows.ts';

/** Throws a draft away; a final budget stays, since it may have been sent to somebody. */
export async function eraseDraftBudget(
  ctx: Context,
  request: BudgetAddress
): Promise<Verdict<undefined, 'not-found' | 'budget-final'>> {
  return transaction(ctx, 'erase-draft-budget', async (tx, ledger) => {
    const own = await ownBudget(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    if (own.budget.finalised_at) return refuse('budget-final');
    await tx.deleteFrom('budget').where('id', '=', own.budget.id).execute();
    ledger.about('dossier', own.row.id, request.territoryId, { budget: own.budget.id });
    return accept();
  });
}
