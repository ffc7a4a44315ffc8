import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { ownFunding } from './budget-rows.ts';
import type { DeadlineFields } from './budget.schema.ts';

export const DEADLINES_MAX_COUNT = 200;

export type AddDeadlineRefusal = 'not-found' | 'too-many-deadlines' | 'already-there';

/** Writes down something that has a date, what funding it is about, and who of the circle sees to it. */
export async function addDeadline(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly fields: DeadlineFields }
): Promise<Verdict<Id, AddDeadlineRefusal>> {
  return transaction(ctx, 'add-deadline', async (tx, ledger) => {
    const own = await ownFunding(tx, ctx, request.territoryId, request.dossierId, 'work');
    if (!own) return refuse('not-found');
    const { fields } = request;
    const { n } = await tx
      .selectFrom('dossier_deadline')
      .select((select) => select.fn.countAll<string>().as('n'))
      .where('dossier_id', '=', own.row.id)
      .executeTakeFirstOrThrow();
    if (Number(n) >= DEADLINES_MAX_COUNT) return refuse('too-many-deadlines', { max: DEADLINES_MAX_COUNT });
    const id = newId();
    const inserted = await tx
      .insertInto('dossier_deadline')
      .values({
        id,
        dossier_id: own.row.id,
        territory_id: request.territoryId,
        kind: fields.kind,
        label: fields.label,
        due_on: fields.dueOn,
        line_key: await keyOf(tx, own.row.id, fields.line),
        member_id: await memberOf(tx, own.row.id, fields.member),
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
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) return refuse('already-there');
    ledger.about('dossier', own.row.id, request.territoryId, { deadline: id, kind: fields.kind });
    return accept(id);
  });
}

/** The key of an income line of this dossier; null for anything else. */
async function keyOf(tx: Tx, dossierId: Id, key: string): Promise<Id | null> {
  if (!isId(key)) return null;
  const line = await tx
    .selectFrom('budget_line')
    .select('key')
    .where('dossier_id', '=', dossierId)
    .where('key', '=', key)
    .limit(1)
    .executeTakeFirst();
  return line?.key ?? null;
}

/** Somebody who is in this circle now; null for anybody else. */
async function memberOf(tx: Tx, dossierId: Id, memberId: string): Promise<Id | null> {
  if (!isId(memberId)) return null;
  const member = await tx
    .selectFrom('dossier_member')
    .select('id')
    .where('dossier_id', '=', dossierId)
    .where('id', '=', memberId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return member?.id ?? null;
}
