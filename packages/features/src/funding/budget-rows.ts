import type { Context } from '@terreau/database/context';
import type { Budget } from '@terreau/database/schema';
import type { Tx } from '@terreau/database/transaction';
import { isId, newId, type Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import type { Cents } from '@terreau/kernel/money';
import { sql, type Selectable } from 'kysely';
import { ownDossier, workedDossier, type OwnDossier } from '../support/circle.ts';
import { sideOf, type Account } from './accounts.rules.ts';
import type { FundingState } from './funding-life.rules.ts';

export interface BudgetAddress {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly budgetId: string;
}

export interface OwnBudget extends OwnDossier {
  readonly budget: Selectable<Budget>;
}

/** The dossier whose funding the actor may read, or work on; null for anybody else, funders of the territory included. */
export async function ownFunding(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  dossierId: string,
  purpose: 'read' | 'work'
): Promise<OwnDossier | null> {
  const find = purpose === 'work' ? workedDossier : ownDossier;
  const own = await find(tx, ctx, territoryId, dossierId);
  return own?.seesFunding ? own : null;
}

/** A budget of such a dossier; the dossier is locked for whoever is about to change it. */
export async function ownBudget(
  tx: Tx,
  ctx: Context,
  { territoryId, dossierId, budgetId }: BudgetAddress,
  purpose: 'read' | 'work'
): Promise<OwnBudget | null> {
  const own = await ownFunding(tx, ctx, territoryId, dossierId, purpose);
  if (!own || !isId(budgetId)) return null;
  const budget = await tx
    .selectFrom('budget')
    .selectAll()
    .where('id', '=', budgetId)
    .where('dossier_id', '=', own.row.id)
    .executeTakeFirst();
  return budget ? { ...own, budget } : null;
}

export interface BudgetLine {
  readonly id: Id;
  /** The same in each version of the budget. */
  readonly key: Id;
  readonly account: Account;
  readonly label: string;
  readonly cents: Cents;
  readonly isIndirect: boolean;
  readonly quantityHundredths: number | null;
  readonly unitCents: Cents | null;
  readonly basis: string | null;
  readonly supportId: Id | null;
  /** Of an income line: what became of it, and since when. */
  readonly state: FundingState | null;
  readonly stateOn: LocalDate | null;
}

/** The lines of a budget in the order of their accounts, each income line with its state. */
export async function linesOf(tx: Tx, budget: { readonly id: Id; readonly dossier_id: Id }): Promise<BudgetLine[]> {
  const rows = await tx
    .selectFrom('budget_line as line')
    .leftJoinLateral(
      (inner) =>
        inner
          .selectFrom('funding_step as step')
          .select(['step.state', 'step.happened_on'])
          .where('step.dossier_id', '=', budget.dossier_id)
          .whereRef('step.line_key', '=', 'line.key')
          .orderBy('step.id', 'desc')
          .limit(1)
          .as('step'),
      (on) => on.onTrue()
    )
    .selectAll('line')
    .select(['step.state', 'step.happened_on'])
    .where('line.budget_id', '=', budget.id)
    .orderBy('line.account')
    .orderBy('line.position')
    .orderBy('line.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    account: row.account as Account,
    label: row.label,
    cents: row.cents,
    isIndirect: row.is_indirect,
    quantityHundredths: row.quantity_hundredths,
    unitCents: row.unit_cents,
    basis: row.basis,
    supportId: row.support_id,
    state: sideOf(row.account) === 'income' ? ((row.state as FundingState | null) ?? 'envisaged') : null,
    stateOn: row.happened_on
  }));
}

/** A line as it is written, before it has an id. */
export interface NewLine {
  readonly key?: Id;
  readonly account: Account;
  readonly label: string;
  readonly cents: Cents;
  readonly isIndirect?: boolean;
  readonly quantityHundredths?: number | null;
  readonly unitCents?: Cents | null;
  readonly basis?: string | null;
  readonly supportId?: Id | null;
}

/** Writes `lines` at the end of the budget. */
export async function insertLines(
  tx: Tx,
  budget: { readonly id: Id; readonly dossier_id: Id; readonly territory_id: Id },
  lines: readonly NewLine[]
): Promise<void> {
  if (lines.length === 0) return;
  const { last } = await tx
    .selectFrom('budget_line')
    .select((select) => select.fn.max('position').as('last'))
    .where('budget_id', '=', budget.id)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('budget_line')
    .values(
      lines.map((line, index) => ({
        budget_id: budget.id,
        dossier_id: budget.dossier_id,
        territory_id: budget.territory_id,
        key: line.key ?? newId(),
        position: (last ?? 0) + 1 + index,
        account: line.account,
        label: line.label,
        cents: line.cents,
        is_indirect: line.isIndirect ?? false,
        quantity_hundredths: line.quantityHundredths ?? null,
        unit_cents: line.unitCents ?? null,
        basis: line.basis ?? null,
        support_id: line.supportId ?? null
      }))
    )
    .execute();
}

/** The budget moves one version on, if it still stands where the actor saw it; false: somebody was faster. */
export async function moveOn(tx: Tx, ctx: Context, budgetId: Id, seen: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('budget')
    .set({ version: sql`version + 1`, updated_at: ctx.now })
    .where('id', '=', budgetId)
    .where('version', '=', seen)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
