import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { moveOn, ownBudget, type BudgetAddress } from './budget-rows.ts';
import type { LineFields } from './budget.schema.ts';

export interface ChangeBudgetLineRequest extends BudgetAddress {
  readonly lineId: string;
  readonly version: number;
  /** Null: the line is taken out. */
  readonly fields: LineFields | null;
}

export type ChangeBudgetLineRefusal = 'not-found' | 'budget-final' | 'changed-meanwhile' | 'one-side-only';

/** Corrects a line of a draft, or takes it out. */
export async function changeBudgetLine(
  ctx: Context,
  request: ChangeBudgetLineRequest
): Promise<Verdict<undefined, ChangeBudgetLineRefusal>> {
  return transaction(ctx, 'change-budget-line', async (tx, ledger) => {
    const own = await ownBudget(tx, ctx, request, 'work');
    if (!own || !isId(request.lineId)) return refuse('not-found');
    const { budget } = own;
    if (budget.finalised_at) return refuse('budget-final');
    const { fields } = request;
    // A line stands on one side; the other side of a contribution is a line of its own.
    const [account, other] = fields?.accounts ?? [];
    if (other) return refuse('one-side-only');
    if (!(await moveOn(tx, ctx, budget.id, request.version))) return refuse('changed-meanwhile');
    const changed = fields
      ? (
          await tx
            .updateTable('budget_line')
            .set({
              account: account!,
              label: fields.label,
              cents: fields.amount,
              is_indirect: fields.indirect,
              quantity_hundredths: fields.quantity,
              unit_cents: fields.unit,
              basis: fields.basis
            })
            .where('id', '=', request.lineId)
            .where('budget_id', '=', budget.id)
            .executeTakeFirst()
        ).numUpdatedRows
      : (
          await tx
            .deleteFrom('budget_line')
            .where('id', '=', request.lineId)
            .where('budget_id', '=', budget.id)
            .executeTakeFirst()
        ).numDeletedRows;
    if (changed === 0n) return refuse('not-found');
    ledger.about('dossier', own.row.id, request.territoryId, { budget: budget.id, line: request.lineId });
    return accept();
  });
}
