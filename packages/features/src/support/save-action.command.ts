import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { actionOf, plannedDossier, type PlanRefusal } from './plan-rows.ts';
import { PLAN_ACTIONS_MAX_COUNT } from './plan.rules.ts';
import type { ActionFields } from './plan.schema.ts';

export interface SaveActionRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: ActionFields;
  /** The action that is changed, as it stood on screen; null for a new one. */
  readonly action: { readonly id: string; readonly version: number } | null;
}

export type SaveActionRefusal =
  PlanRefusal | 'changed-meanwhile' | 'plan-full' | 'owner-not-found' | 'owner-twice' | 'priority-not-found';

/** Writes an action of the plan, new or changed. Of two people who change it at once, the second is told and loses nothing. */
export async function saveAction(
  ctx: Context,
  { territoryId, dossierId, fields, action }: SaveActionRequest
): Promise<Verdict<Id, SaveActionRefusal>> {
  return transaction(ctx, action ? 'change-action' : 'add-action', async (tx, ledger) => {
    const own = await plannedDossier(tx, ctx, territoryId, dossierId);
    if (!own.ok) return own;
    const { row } = own.value;
    const words = await wordsOf(tx, row.id, fields);
    if (!words.ok) return words;
    ledger.about('dossier', row.id, territoryId, { kind: fields.kind });
    if (!action) return insertAction(tx, ctx, { dossierId: row.id, territoryId, words: words.value });
    const standing = await actionOf(tx, row.id, action.id);
    if (!standing) return refuse('not-found');
    if (standing.version !== action.version) return refuse('changed-meanwhile');
    await tx
      .updateTable('plan_action')
      .set({ ...words.value, version: standing.version + 1, updated_by: ctx.actor.accountId, updated_at: ctx.now })
      .where('id', '=', standing.id)
      .where('dossier_id', '=', row.id)
      .execute();
    return accept(standing.id);
  });
}

type ActionWords = Awaited<ReturnType<typeof wordsOf>> extends Verdict<infer Value, string> ? Value : never;

async function wordsOf(tx: Tx, dossierId: Id, fields: ActionFields) {
  if (fields.owner && fields.ownerLabel) return refuse('owner-twice');
  if (fields.owner && !(await isOwner(tx, dossierId, fields.owner))) return refuse('owner-not-found');
  if (fields.priority && !(await isPriority(tx, dossierId, fields.priority))) return refuse('priority-not-found');
  return accept({
    priority_id: fields.priority,
    what: fields.what,
    kind: fields.kind as string,
    owner_member_id: fields.owner,
    owner_label: fields.ownerLabel,
    due_on: fields.dueOn,
    planned_minutes: fields.planned,
    success_sign: fields.successSign
  });
}

/** Somebody who is in the circle now. */
async function isOwner(tx: Tx, dossierId: Id, memberId: string): Promise<boolean> {
  if (!isId(memberId)) return false;
  const row = await tx
    .selectFrom('dossier_member')
    .select('id')
    .where('id', '=', memberId)
    .where('dossier_id', '=', dossierId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

async function isPriority(tx: Tx, dossierId: Id, priorityId: string): Promise<boolean> {
  if (!isId(priorityId)) return false;
  const row = await tx
    .selectFrom('plan_priority')
    .select('id')
    .where('id', '=', priorityId)
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst();
  return row !== undefined;
}

interface NewAction {
  readonly dossierId: Id;
  readonly territoryId: Id;
  readonly words: ActionWords & { readonly support_id?: Id };
}

/** A new action of a plan that is not full; it is proposed. */
export async function insertAction(
  tx: Tx,
  ctx: Context,
  { dossierId, territoryId, words }: NewAction
): Promise<Verdict<Id, 'plan-full'>> {
  const { count } = await tx
    .selectFrom('plan_action')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('dossier_id', '=', dossierId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= PLAN_ACTIONS_MAX_COUNT) return refuse('plan-full', { max: PLAN_ACTIONS_MAX_COUNT });
  const id = newId();
  await tx
    .insertInto('plan_action')
    .values({
      id,
      dossier_id: dossierId,
      territory_id: territoryId,
      ...words,
      state: 'proposed',
      state_changed_at: ctx.now,
      written_by: ctx.actor.accountId,
      written_at: ctx.now,
      updated_by: ctx.actor.accountId,
      updated_at: ctx.now
    })
    .execute();
  return accept(id);
}
