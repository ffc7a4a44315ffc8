import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { insertLines, moveOn, ownBudget, type BudgetAddress } from './budget-rows.ts';
import { BUDGET_LINES_MAX_COUNT, type LineFields } from './budget.schema.ts';
import type { Id } from '@terreau/kernel/ids';

export interface WriteBudgetLinesRequest extends BudgetAddress {
  /** As the budget was shown. */
  readonly version: number;
  readonly lines: readonly LineFields[];
  /** The sheet of the catalogue that the lines come from. */
  readonly supportId?: Id;
}

export type WriteBudgetLinesRefusal =
  'not-found' | 'budget-final' | 'changed-meanwhile' | 'too-many-lines' | 'nothing-kept';

/** Adds lines to a draft; a contribution in kind is written on both sides at once. */
export async function writeBudgetLines(
  ctx: Context,
  request: WriteBudgetLinesRequest
): Promise<Verdict<number, WriteBudgetLinesRefusal>> {
  return transaction(ctx, 'write-budget-lines', async (tx, ledger) => {
    const own = await ownBudget(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    const { budget } = own;
    if (budget.finalised_at) return refuse('budget-final');
    if (request.lines.length === 0) return refuse('nothing-kept');
    if (!(await moveOn(tx, ctx, budget.id, request.version))) return refuse('changed-meanwhile');
    const lines = request.lines.flatMap((line) =>
      line.accounts.map((account) => ({
        account,
        label: line.label,
        cents: line.amount,
        isIndirect: line.indirect,
        quantityHundredths: line.quantity,
        unitCents: line.unit,
        basis: line.basis,
        supportId: request.supportId ?? null
      }))
    );
    await insertLines(tx, budget, lines);
    const { n } = await tx
      .selectFrom('budget_line')
      .select((select) => select.fn.countAll<string>().as('n'))
      .where('budget_id', '=', budget.id)
      .executeTakeFirstOrThrow();
    if (Number(n) > BUDGET_LINES_MAX_COUNT) return refuse('too-many-lines', { max: BUDGET_LINES_MAX_COUNT });
    ledger.about('dossier', own.row.id, request.territoryId, { budget: budget.id, lines: lines.length });
    return accept(lines.length);
  });
}
