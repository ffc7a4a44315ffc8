import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { OwnDossier } from '../support/circle.ts';
import { insertLines, ownFunding, type NewLine } from './budget-rows.ts';
import type { NewBudgetFields } from './budget.schema.ts';

/** Budgets of one dossier, all versions counted. */
export const BUDGETS_MAX_COUNT = 60;

export type CreateBudgetRefusal = 'not-found' | 'too-many-budgets';

/** Opens a draft; `lines` come from a file. */
export async function createBudget(
  ctx: Context,
  request: {
    readonly territoryId: Id;
    readonly dossierId: string;
    readonly fields: NewBudgetFields;
    readonly lines?: readonly NewLine[];
  }
): Promise<Verdict<Id, CreateBudgetRefusal>> {
  return transaction(ctx, 'create-budget', async (tx, ledger) => {
    const own = await ownFunding(tx, ctx, request.territoryId, request.dossierId, 'work');
    if (!own) return refuse('not-found');
    if (await isFull(tx, own)) return refuse('too-many-budgets', { max: BUDGETS_MAX_COUNT });
    const id = newId();
    const { about, title, startsOn, endsOn } = request.fields;
    const place = { dossier_id: own.row.id, territory_id: own.row.territory_id };
    await tx
      .insertInto('budget')
      .values({
        ...place,
        id,
        about,
        title,
        starts_on: startsOn,
        ends_on: endsOn,
        line_of: id,
        made_by: ctx.actor.accountId,
        made_at: ctx.now,
        updated_at: ctx.now
      })
      .execute();
    await insertLines(tx, { id, ...place }, request.lines ?? []);
    ledger.about('dossier', own.row.id, request.territoryId, { budget: id });
    return accept(id);
  });
}

export async function isFull(tx: Tx, own: OwnDossier): Promise<boolean> {
  const { n } = await tx
    .selectFrom('budget')
    .select((select) => select.fn.countAll<string>().as('n'))
    .where('dossier_id', '=', own.row.id)
    .executeTakeFirstOrThrow();
  return Number(n) >= BUDGETS_MAX_COUNT;
}
