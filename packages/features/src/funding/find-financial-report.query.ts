import type { Context } from '@terreau/database/context';
import { witnessed } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { headOf, type DossierHead } from '../support/circle.ts';
import { ownBudget, type BudgetAddress } from './budget-rows.ts';
import { totalsOf, type Totals } from './budget.rules.ts';
import { reportLinesOf, type ReportLine } from './financial-report-rows.ts';

export interface FinancialReport {
  readonly head: DossierHead;
  readonly mayWork: boolean;
  readonly budget: {
    readonly id: Id;
    readonly title: string;
    readonly startsOn: LocalDate;
    readonly endsOn: LocalDate;
    readonly version: number;
    readonly isFinal: boolean;
  };
  readonly organization: string | null;
  readonly lines: readonly ReportLine[];
  readonly forecast: Totals;
  readonly actual: Totals;
  /** What was done, for whom, and what it changed. */
  readonly texts: { readonly done: string | null; readonly public: string | null; readonly effects: string | null };
  readonly closedAt: Instant | null;
}

/** The financial report on a final budget (in the order of Cerfa 15059); null for whoever is not of the circle. */
export async function findFinancialReport(
  ctx: Context,
  address: BudgetAddress,
  kind: 'page' | 'file' = 'page'
): Promise<FinancialReport | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownBudget(tx, ctx, address, 'read');
    if (!own) return null;
    const { budget } = own;
    saw({ dossierId: own.row.id, territoryId: address.territoryId, as: own.role, kind, what: 'financial-report' });
    const lines = await reportLinesOf(tx, budget);
    const organization = own.row.organization_id
      ? await tx.selectFrom('organization').select('name').where('id', '=', own.row.organization_id).executeTakeFirst()
      : undefined;
    return {
      head: headOf(own),
      mayWork: own.isActive && own.role !== 'observer',
      budget: {
        id: budget.id,
        title: budget.title,
        startsOn: budget.starts_on,
        endsOn: budget.ends_on,
        version: budget.version,
        isFinal: budget.finalised_at !== null
      },
      organization: organization?.name ?? null,
      lines,
      forecast: totalsOf(lines.map(({ account, forecast }) => ({ account, cents: forecast }))),
      actual: totalsOf(lines.map(({ account, actual }) => ({ account, cents: actual ?? 0 }))),
      texts: { done: budget.report_done, public: budget.report_public, effects: budget.report_effects },
      closedAt: budget.report_closed_at
    };
  });
}
