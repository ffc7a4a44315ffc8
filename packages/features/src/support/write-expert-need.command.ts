import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { ExpertNeedFields } from './expert.schema.ts';
import { actionOf, plannedDossier, type PlanRefusal } from './plan-rows.ts';

export interface WriteExpertNeedRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: ExpertNeedFields;
}

export type WriteExpertNeedRefusal = PlanRefusal | 'action-not-found' | 'too-many-needs';

const NEEDS_MAX_COUNT = 30;

/** Writes the sheet of an expertise that is needed: what, why, how long, before when, and how the choice will be made. */
export async function writeExpertNeed(
  ctx: Context,
  { territoryId, dossierId, fields }: WriteExpertNeedRequest
): Promise<Verdict<Id, WriteExpertNeedRefusal>> {
  return transaction(ctx, 'write-expert-need', async (tx, ledger) => {
    const own = await plannedDossier(tx, ctx, territoryId, dossierId);
    if (!own.ok) return own;
    const { row } = own.value;
    if (fields.action && !(await actionOf(tx, row.id, fields.action))) return refuse('action-not-found');
    const { count } = await tx
      .selectFrom('expert_need')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('dossier_id', '=', row.id)
      .executeTakeFirstOrThrow();
    if (Number(count) >= NEEDS_MAX_COUNT) return refuse('too-many-needs', { max: NEEDS_MAX_COUNT });
    const id = newId();
    await tx
      .insertInto('expert_need')
      .values({
        id,
        dossier_id: row.id,
        territory_id: territoryId,
        action_id: fields.action || null,
        what: fields.what,
        why: fields.why,
        planned_minutes: fields.planned,
        before_on: fields.beforeOn,
        how_chosen: fields.howChosen,
        written_by: ctx.actor.accountId,
        written_at: ctx.now
      })
      .execute();
    ledger.about('dossier', row.id, territoryId, { need: id });
    return accept(id);
  });
}
