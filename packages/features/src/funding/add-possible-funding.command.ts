import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId } from '@terreau/kernel/ids';
import type { Cents } from '@terreau/kernel/money';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { insertLines, linesOf, moveOn, ownBudget, type BudgetAddress } from './budget-rows.ts';
import { BUDGET_LINES_MAX_COUNT, LINE_LABEL_MAX_CHARACTERS } from './budget.schema.ts';

export type AddPossibleFundingRefusal = 'not-found' | 'sheet-gone' | 'budget-final' | 'too-many-lines';

/**
 * Puts a funding sheet of the catalogue among the income of a draft, as something envisaged. Nothing is asked of the
 * funder: whoever carries the project does that.
 */
export async function addPossibleFunding(
  ctx: Context,
  request: BudgetAddress & { readonly supportId: string; readonly cents: Cents }
): Promise<Verdict<undefined, AddPossibleFundingRefusal>> {
  return transaction(ctx, 'add-possible-funding', async (tx, ledger) => {
    const own = await ownBudget(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    if (!isId(request.supportId)) return refuse('sheet-gone');
    const { budget } = own;
    if (budget.finalised_at) return refuse('budget-final');
    const support = await tx
      .selectFrom('support')
      .select(['id', 'title'])
      .where('id', '=', request.supportId)
      .where('territory_id', '=', request.territoryId)
      .where('kind', '=', 'funding')
      .where('status', '=', 'published')
      .executeTakeFirst();
    if (!support) return refuse('sheet-gone');
    const lines = await linesOf(tx, budget);
    if (lines.length >= BUDGET_LINES_MAX_COUNT) return refuse('too-many-lines', { max: BUDGET_LINES_MAX_COUNT });
    // The dossier is locked: nobody else adds to the budget meanwhile.
    await moveOn(tx, ctx, budget.id, budget.version);
    const label = support.title.slice(0, LINE_LABEL_MAX_CHARACTERS);
    await insertLines(tx, budget, [{ account: '74', label, cents: request.cents, supportId: support.id }]);
    ledger.about('dossier', own.row.id, request.territoryId, { budget: budget.id, support: support.id });
    return accept();
  });
}
