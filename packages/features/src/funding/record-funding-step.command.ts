import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn } from '../support/circle.ts';
import { linesOf, ownBudget, type BudgetAddress, type BudgetLine, type OwnBudget } from './budget-rows.ts';
import type { StepFields } from './budget.schema.ts';
import { reportDueOn } from './deadlines.rules.ts';
import { checkStep } from './funding-life.rules.ts';

export type RecordFundingStepRefusal = 'not-found' | 'step-not-from-here' | 'step-in-the-future';

/**
 * Says what became of an income line: asked for, granted, paid, refused. The platform only writes it down: it sends
 * nothing to any funder. A grant makes the deadline of its financial report, once.
 */
export async function recordFundingStep(
  ctx: Context,
  request: BudgetAddress & { readonly fields: StepFields }
): Promise<Verdict<undefined, RecordFundingStepRefusal>> {
  return transaction(ctx, 'record-funding-step', async (tx, ledger) => {
    const own = await ownBudget(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    const { fields } = request;
    const line = (await linesOf(tx, own.budget)).find((one) => one.id === fields.line);
    if (!line?.state) return refuse('not-found');
    const checked = checkStep(line.state, fields.state);
    if (!checked.ok) return checked;
    if (fields.happenedOn > (await todayIn(tx, ctx, request.territoryId))) return refuse('step-in-the-future');
    await tx
      .insertInto('funding_step')
      .values({
        dossier_id: own.row.id,
        territory_id: request.territoryId,
        line_key: line.key,
        state: fields.state,
        happened_on: fields.happenedOn,
        note: fields.note,
        set_by: ctx.actor.accountId,
        set_at: ctx.now
      })
      .execute();
    if (fields.state === 'granted' && line.account === '74') await planReport(tx, ctx, own, line);
    ledger.about('dossier', own.row.id, request.territoryId, { line: line.key, state: fields.state });
    return accept();
  });
}

async function planReport(tx: Tx, ctx: Context, { row, budget }: OwnBudget, line: BudgetLine): Promise<void> {
  await tx
    .insertInto('dossier_deadline')
    .values({
      dossier_id: row.id,
      territory_id: row.territory_id,
      kind: 'financial-report',
      label: line.label.slice(0, 160),
      due_on: reportDueOn(budget.ends_on, row.year_ends_on),
      line_key: line.key,
      made_by: ctx.actor.accountId,
      made_at: ctx.now
    })
    .onConflict((conflict) =>
      conflict
        .columns(['dossier_id', 'line_key'])
        .where('kind', '=', 'financial-report')
        .where('line_key', 'is not', null)
        .doNothing()
    )
    .execute();
}
