import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { findSupportIn } from '../orientation/find-support.query.ts';
import { plannedDossier, type PlanRefusal } from './plan-rows.ts';
import { ACTION_WHAT_MAX_CHARACTERS } from './plan.schema.ts';
import type { ActionKind } from './plan.rules.ts';
import { insertAction } from './save-action.command.ts';

export interface AddSupportToPlanRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly supportId: string;
}

export type AddSupportToPlanRefusal = PlanRefusal | 'plan-full' | 'support-in-plan';

/** What is done with a sheet of each kind. */
const KIND_OF: Readonly<Record<string, ActionKind>> = { training: 'training', person: 'introduction' };

/** Adds a sheet of the catalogue to the plan of a dossier: a proposed action, due by the day on which the sheet closes. */
export async function addSupportToPlan(
  ctx: Context,
  { territoryId, dossierId, supportId }: AddSupportToPlanRequest
): Promise<Verdict<Id, AddSupportToPlanRefusal>> {
  return transaction(ctx, 'add-support-to-plan', async (tx, ledger) => {
    const own = await plannedDossier(tx, ctx, territoryId, dossierId);
    if (!own.ok) return own;
    const { row } = own.value;
    const sheet = await findSupportIn(tx, ctx, territoryId, supportId);
    if (!sheet) return refuse('not-found');
    const known = await tx
      .selectFrom('plan_action')
      .select('id')
      .where('dossier_id', '=', row.id)
      .where('support_id', '=', sheet.id)
      .executeTakeFirst();
    if (known) return refuse('support-in-plan');
    ledger.about('dossier', row.id, territoryId, { support: sheet.id });
    const inserted = await insertAction(tx, ctx, {
      dossierId: row.id,
      territoryId,
      words: {
        priority_id: null,
        what: sheet.title.slice(0, ACTION_WHAT_MAX_CHARACTERS),
        kind: KIND_OF[sheet.kind] ?? 'orientation',
        owner_member_id: null,
        owner_label: null,
        due_on: sheet.closesOn,
        planned_minutes: 0,
        success_sign: null,
        support_id: sheet.id
      }
    });
    return inserted.ok ? accept(inserted.value) : inserted;
  });
}
