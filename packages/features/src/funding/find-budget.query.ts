import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { headOf, type DossierHead } from '../support/circle.ts';
import { linesOf, ownBudget, ownFunding, type BudgetAddress, type BudgetLine } from './budget-rows.ts';
import { balanceOf, totalsOf, type Amount, type Balance, type Totals } from './budget.rules.ts';
import { BUDGETS_MAX_COUNT } from './create-budget.command.ts';
import { heavyLines } from './funding-life.rules.ts';

/** A budget with its figures, all in whole cents. */
export interface BudgetSheet {
  readonly id: Id;
  readonly title: string;
  readonly about: 'project' | 'year';
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly size: 'whole' | 'small';
  /** 1 for the first version, and so on. */
  readonly number: number;
  /** To be given back with each change. */
  readonly version: number;
  readonly finalisedAt: Instant | null;
  readonly updatedAt: Instant;
  readonly totals: Totals;
  /** Above zero: income is missing; below: there is too much of it. Contributions in kind apart. */
  readonly balance: Balance;
  readonly lines: readonly BudgetLine[];
}

/** What the step « Vérifier que c'est possible » (E4) asks of a budget. */
export interface BudgetInForce extends BudgetSheet {
  readonly hasSmallVersion: boolean;
  /** Income lines that are only thought of and weigh more than 40 % of the income; E4 asks for one at most. */
  readonly heavy: readonly BudgetLine[];
}

/**
 * The budget of a dossier that counts today: the whole one that was finalised last, or else the draft touched last; null
 * when there is none. For other capabilities, inside their own transaction, after they have checked the circle and said
 * what they saw: `totals`, `balance` (missing 0 and missingInKind 0: balanced), `lines` with the financing `state` of each
 * income line, `hasSmallVersion`, `heavy`. Row-level security answers null to whoever is not of the circle, and to funders.
 */
export async function budgetInForce(tx: Tx, dossierId: Id): Promise<BudgetInForce | null> {
  const row = await tx
    .selectFrom('budget')
    .selectAll()
    .where('dossier_id', '=', dossierId)
    .where('size', '=', 'whole')
    .orderBy('finalised_at', (order) => order.desc().nullsLast())
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const small = await tx
    .selectFrom('budget')
    .select('id')
    .where('dossier_id', '=', dossierId)
    .where('line_of', '=', row.line_of)
    .where('size', '=', 'small')
    .limit(1)
    .executeTakeFirst();
  const sheet = await sheetOf(tx, row);
  return { ...sheet, hasSmallVersion: small !== undefined, heavy: heavyLines(sheet.lines) };
}

export interface FoundBudget {
  readonly head: DossierHead;
  readonly mayWork: boolean;
  readonly budget: BudgetSheet;
  readonly heavy: readonly BudgetLine[];
  /** Themes of the dossier: what the catalogue is asked for. */
  readonly themes: readonly string[];
  /** The other versions of the same budget, the newest first. */
  readonly versions: readonly BudgetVersion[];
  /** Its former names, the latest first. */
  readonly renamings: readonly BudgetRenaming[];
}

export interface BudgetRenaming {
  readonly before: string;
  readonly by: string | null;
  readonly at: Instant;
}

const RENAMINGS_SHOWN_ROWS = 5;

export interface BudgetVersion {
  readonly id: Id;
  readonly size: 'whole' | 'small';
  readonly number: number;
  readonly finalisedAt: Instant | null;
}

/** One budget, the look being written down; null for whoever is not of the circle. `what`: which page or file shows it. */
export async function findBudget(
  ctx: Context,
  address: BudgetAddress,
  what: 'budget' | 'budget-file' = 'budget'
): Promise<FoundBudget | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownBudget(tx, ctx, address, 'read');
    if (!own) return null;
    const kind = what === 'budget-file' ? 'export' : 'page';
    saw({ dossierId: own.row.id, territoryId: address.territoryId, as: own.role, kind, what });
    const versions = await tx
      .selectFrom('budget')
      .select(['id', 'size', 'number', 'finalised_at'])
      .where('line_of', '=', own.budget.line_of)
      .orderBy('id', 'desc')
      .execute();
    const budget = await sheetOf(tx, own.budget);
    return {
      head: headOf(own),
      mayWork: own.isActive && own.role !== 'observer',
      budget,
      heavy: heavyLines(budget.lines),
      themes: own.row.themes,
      versions: versions
        .filter(({ id }) => id !== budget.id)
        .map((row) => ({
          id: row.id,
          size: row.size as BudgetVersion['size'],
          number: row.number,
          finalisedAt: row.finalised_at
        })),
      renamings: await renamingsOf(tx, budget.id)
    };
  });
}

async function renamingsOf(tx: Tx, budgetId: Id): Promise<BudgetRenaming[]> {
  return tx
    .selectFrom('budget_renaming as renaming')
    .leftJoin('account', 'account.id', 'renaming.renamed_by')
    .select(['renaming.title_before as before', 'account.name as by', 'renaming.renamed_at as at'])
    .where('renaming.budget_id', '=', budgetId)
    .orderBy('renaming.renamed_at', 'desc')
    .orderBy('renaming.id', 'desc')
    .limit(RENAMINGS_SHOWN_ROWS)
    .execute();
}

/** A budget in a list: its figures without its lines. */
export type ListedBudget = Omit<BudgetSheet, 'lines'>;

export interface BudgetList {
  readonly head: DossierHead;
  readonly title: string;
  readonly mayWork: boolean;
  /** Month and day on which the financial year ends, `12-31`. */
  readonly yearEndsOn: string;
  readonly budgets: readonly ListedBudget[];
}

/** The budgets of a dossier, the latest first; null for whoever is not of its circle. As many as a dossier holds. */
export async function listBudgets(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string }
): Promise<BudgetList | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownFunding(tx, ctx, request.territoryId, request.dossierId, 'read');
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'budgets' });
    const rows = await tx
      .selectFrom('budget')
      .selectAll()
      .where('dossier_id', '=', own.row.id)
      .orderBy('updated_at', 'desc')
      .orderBy('id', 'desc')
      .limit(BUDGETS_MAX_COUNT)
      .execute();
    const amounts = await tx
      .selectFrom('budget_line')
      .select(['budget_id', 'account', 'cents'])
      .where('dossier_id', '=', own.row.id)
      .execute();
    const byBudget = Map.groupBy(amounts, (amount) => amount.budget_id);
    return {
      head: headOf(own),
      title: own.row.title,
      mayWork: own.isActive && own.role !== 'observer',
      yearEndsOn: own.row.year_ends_on,
      budgets: rows.map((row) => listed(row, byBudget.get(row.id) ?? []))
    };
  });
}

type BudgetRow = Parameters<typeof linesOf>[1] & {
  readonly title: string;
  readonly about: string;
  readonly starts_on: LocalDate;
  readonly ends_on: LocalDate;
  readonly size: string;
  readonly number: number;
  readonly version: number;
  readonly finalised_at: Instant | null;
  readonly updated_at: Instant;
};

async function sheetOf(tx: Tx, row: BudgetRow): Promise<BudgetSheet> {
  const lines = await linesOf(tx, row);
  return { ...listed(row, lines), lines };
}

function listed(row: BudgetRow, amounts: readonly Amount[]): ListedBudget {
  const totals = totalsOf(amounts);
  return {
    id: row.id,
    title: row.title,
    about: row.about as BudgetSheet['about'],
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    size: row.size as BudgetSheet['size'],
    number: row.number,
    version: row.version,
    finalisedAt: row.finalised_at,
    updatedAt: row.updated_at,
    totals,
    balance: balanceOf(totals)
  };
}
