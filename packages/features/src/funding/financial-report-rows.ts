import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Account } from './accounts.rules.ts';
import { linesOf } from './budget-rows.ts';
import type { ReportedAmount } from './financial-report.rules.ts';

export interface ReportLine extends ReportedAmount {
  /** The line of the budget; null: what nobody had forecast. */
  readonly lineId: Id | null;
  readonly actualId: Id | null;
  readonly account: Account;
}

/** What was forecast beside what came, line by line in the order of the accounts. */
export async function reportLinesOf(
  tx: Tx,
  budget: { readonly id: Id; readonly dossier_id: Id }
): Promise<ReportLine[]> {
  const lines = await linesOf(tx, budget);
  const actuals = await tx
    .selectFrom('budget_actual')
    .selectAll()
    .where('budget_id', '=', budget.id)
    .orderBy('account')
    .orderBy('id')
    .execute();
  const told = lines.map((line): ReportLine => {
    const actual = actuals.find((one) => one.line_id === line.id);
    return {
      lineId: line.id,
      actualId: actual?.id ?? null,
      account: line.account,
      label: line.label,
      forecast: line.cents,
      actual: actual?.cents ?? null,
      explanation: actual?.explanation ?? null
    };
  });
  const unforeseen = actuals
    .filter((actual) => actual.line_id === null)
    .map((actual): ReportLine => ({
      lineId: null,
      actualId: actual.id,
      account: actual.account as Account,
      label: actual.label,
      forecast: 0,
      actual: actual.cents,
      explanation: actual.explanation
    }));
  return [...told, ...unforeseen].toSorted((a, b) => a.account.localeCompare(b.account));
}
