import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { insertLines, linesOf, ownBudget, type BudgetAddress } from './budget-rows.ts';
import { BUDGETS_MAX_COUNT, isFull } from './create-budget.command.ts';

export type CopyBudgetRefusal = 'not-found' | 'draft-open' | 'too-many-budgets';

/**
 * The next version of a budget, or its small version (« version petite »: what is done if the money does not come), as a
 * draft with the same lines. Refused while a draft of the same size is open: there would be two to correct.
 */
export async function copyBudget(
  ctx: Context,
  request: BudgetAddress & { readonly size: 'whole' | 'small' }
): Promise<Verdict<Id, CopyBudgetRefusal>> {
  return transaction(ctx, 'copy-budget', async (tx, ledger) => {
    const own = await ownBudget(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    const { budget } = own;
    const versions = await tx
      .selectFrom('budget')
      .select(['number', 'finalised_at'])
      .where('line_of', '=', budget.line_of)
      .where('size', '=', request.size)
      .execute();
    if (versions.some((version) => !version.finalised_at)) return refuse('draft-open');
    if (await isFull(tx, own)) return refuse('too-many-budgets', { max: BUDGETS_MAX_COUNT });
    const id = newId();
    const place = { dossier_id: budget.dossier_id, territory_id: budget.territory_id };
    await tx
      .insertInto('budget')
      .values({
        ...place,
        id,
        about: budget.about,
        title: budget.title,
        starts_on: budget.starts_on,
        ends_on: budget.ends_on,
        size: request.size,
        line_of: budget.line_of,
        number: Math.max(0, ...versions.map((version) => version.number)) + 1,
        made_by: ctx.actor.accountId,
        made_at: ctx.now,
        updated_at: ctx.now
      })
      .execute();
    await insertLines(tx, { id, ...place }, await linesOf(tx, budget));
    ledger.about('dossier', own.row.id, request.territoryId, { budget: id, copied: budget.id, size: request.size });
    return accept(id);
  });
}
