import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Cents } from '@terreau/kernel/money';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Account } from './accounts.rules.ts';
import { linesOf, moveOn, ownBudget, type BudgetAddress, type OwnBudget } from './budget-rows.ts';
import { reportLinesOf } from './financial-report-rows.ts';
import { checkReport, type ReportRefusal } from './financial-report.rules.ts';

/** Lines that nobody had forecast, of one budget. */
export const UNFORESEEN_MAX_COUNT = 30;

export interface WriteFinancialReportRequest extends BudgetAddress {
  readonly version: number;
  /** What came, by line of the budget; null: not known yet. Lines that are not named stay as they are. */
  readonly actuals?: ReadonlyMap<string, { readonly cents: Cents | null; readonly explanation: string | null }>;
  readonly unforeseen?: {
    readonly account: Account;
    readonly label: string;
    readonly cents: Cents;
    readonly explanation: string | null;
  };
  readonly texts?: { readonly done: string | null; readonly public: string | null; readonly effects: string | null };
  /** The report is complete: it no longer changes. */
  readonly isFinal?: boolean;
}

export type WriteFinancialReportRefusal =
  'not-found' | 'budget-not-final' | 'report-closed' | 'changed-meanwhile' | 'too-many-lines' | ReportRefusal;

/** Keeps what was spent and received, and the words beside it; closed only when each gap above a tenth is explained. */
export async function writeFinancialReport(
  ctx: Context,
  request: WriteFinancialReportRequest
): Promise<Verdict<undefined, WriteFinancialReportRefusal>> {
  return transaction(ctx, 'write-financial-report', async (tx, ledger) => {
    const own = await ownBudget(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    const { budget } = own;
    if (!budget.finalised_at) return refuse('budget-not-final');
    if (budget.report_closed_at) return refuse('report-closed');
    if (!(await moveOn(tx, ctx, budget.id, request.version))) return refuse('changed-meanwhile');
    if (request.actuals) await keepActuals(tx, own, request.actuals);
    if (request.unforeseen && !(await addUnforeseen(tx, own, request.unforeseen))) {
      return refuse('too-many-lines', { max: UNFORESEEN_MAX_COUNT });
    }
    const { texts } = request;
    if (texts) {
      const said = { report_done: texts.done, report_public: texts.public, report_effects: texts.effects };
      await tx.updateTable('budget').set(said).where('id', '=', budget.id).execute();
    }
    if (request.isFinal) {
      const checked = checkReport(await reportLinesOf(tx, budget));
      if (!checked.ok) return checked;
      const closed = { report_closed_at: ctx.now, report_closed_by: ctx.actor.accountId };
      await tx.updateTable('budget').set(closed).where('id', '=', budget.id).execute();
    }
    ledger.about('dossier', own.row.id, request.territoryId, { budget: budget.id, final: request.isFinal ?? false });
    return accept();
  });
}

type Actuals = NonNullable<WriteFinancialReportRequest['actuals']>;

async function keepActuals(tx: Tx, { budget }: OwnBudget, actuals: Actuals): Promise<void> {
  for (const line of await linesOf(tx, budget)) {
    const told = actuals.get(line.id);
    if (!told) continue;
    await tx.deleteFrom('budget_actual').where('budget_id', '=', budget.id).where('line_id', '=', line.id).execute();
    if (told.cents === null) continue;
    await tx
      .insertInto('budget_actual')
      .values({
        ...placeOf(budget),
        line_id: line.id,
        account: line.account,
        label: line.label,
        cents: told.cents,
        explanation: told.explanation
      })
      .execute();
  }
}

async function addUnforeseen(
  tx: Tx,
  { budget }: OwnBudget,
  line: NonNullable<WriteFinancialReportRequest['unforeseen']>
): Promise<boolean> {
  const { n } = await tx
    .selectFrom('budget_actual')
    .select((select) => select.fn.countAll<string>().as('n'))
    .where('budget_id', '=', budget.id)
    .where('line_id', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(n) >= UNFORESEEN_MAX_COUNT) return false;
  await tx
    .insertInto('budget_actual')
    .values({ ...placeOf(budget), ...line })
    .execute();
  return true;
}

function placeOf(budget: OwnBudget['budget']): { budget_id: Id; dossier_id: Id; territory_id: Id } {
  return { budget_id: budget.id, dossier_id: budget.dossier_id, territory_id: budget.territory_id };
}
