import type { Context } from '@terreau/database/context';
import { witnessed } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { headOf, todayIn, type DossierHead } from '../support/circle.ts';
import { linesOf, ownBudget, type BudgetAddress, type BudgetLine } from './budget-rows.ts';
import { heavyLines, incomeByState, type FundingState } from './funding-life.rules.ts';
import type { Cents } from '@terreau/kernel/money';

export interface FundingStep {
  readonly state: FundingState;
  readonly on: LocalDate;
  readonly note: string | null;
  readonly by: string | null;
}

export interface PlannedIncome extends BudgetLine {
  readonly state: FundingState;
  /** The latest first. */
  readonly history: readonly FundingStep[];
  /** The next date that is written for it. */
  readonly dueOn: LocalDate | null;
}

export interface FinancingPlan {
  readonly head: DossierHead;
  readonly mayWork: boolean;
  readonly budgetId: Id;
  readonly title: string;
  readonly today: LocalDate;
  readonly sums: Readonly<Record<FundingState, Cents>>;
  readonly heavy: readonly Id[];
  readonly lines: readonly PlannedIncome[];
}

const STEPS_MAX_ROWS = 500;

/** Where each income line of a budget stands, with its history; null for whoever is not of the circle. */
export async function findFinancingPlan(ctx: Context, address: BudgetAddress): Promise<FinancingPlan | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownBudget(tx, ctx, address, 'read');
    if (!own) return null;
    const dossierId = own.row.id;
    saw({ dossierId, territoryId: address.territoryId, as: own.role, kind: 'page', what: 'financing-plan' });
    const lines = await linesOf(tx, own.budget);
    const steps = await tx
      .selectFrom('funding_step as step')
      .leftJoin('account', 'account.id', 'step.set_by')
      .select(['step.line_key', 'step.state', 'step.happened_on', 'step.note', 'account.name'])
      .where('step.dossier_id', '=', dossierId)
      .orderBy('step.id', 'desc')
      .limit(STEPS_MAX_ROWS)
      .execute();
    const deadlines = await tx
      .selectFrom('dossier_deadline')
      .select(['line_key', 'due_on'])
      .where('dossier_id', '=', dossierId)
      .where('done_at', 'is', null)
      .where('line_key', 'is not', null)
      .orderBy('due_on')
      .execute();
    const history = Map.groupBy(steps, (step) => step.line_key);
    return {
      head: headOf(own),
      mayWork: own.isActive && own.role !== 'observer',
      budgetId: own.budget.id,
      title: own.budget.title,
      today: await todayIn(tx, ctx, address.territoryId),
      sums: incomeByState(lines),
      heavy: heavyLines(lines).map(({ id }) => id),
      lines: lines.flatMap((line): PlannedIncome[] => {
        if (line.state === null) return [];
        const told = (history.get(line.key) ?? []).map((step) => ({
          state: step.state as FundingState,
          on: step.happened_on,
          note: step.note,
          by: step.name
        }));
        const dueOn = deadlines.find((deadline) => deadline.line_key === line.key)?.due_on ?? null;
        return [{ ...line, state: line.state, history: told, dueOn }];
      })
    };
  });
}
