import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn } from './circle.ts';
import { movedNeed, type ExpertAddress, type ExpertRefusal } from './expert-rows.ts';
import type { ExpertHoursFields } from './expert.schema.ts';

export type LogExpertHoursRefusal = ExpertRefusal | 'worked-later' | 'too-many-hours';

const HOURS_MAX_ROWS = 200;

/** Adds time spent on a mission, on the day on which it was spent. */
export async function logExpertHours(
  ctx: Context,
  { fields, ...address }: ExpertAddress & { readonly fields: ExpertHoursFields }
): Promise<Verdict<undefined, LogExpertHoursRefusal>> {
  return transaction(ctx, 'log-expert-hours', async (tx, ledger) => {
    const own = await movedNeed(tx, ctx, address, 'log-hours');
    if (!own.ok) return own;
    const { row, mission } = own.value;
    if (fields.workedOn > (await todayIn(tx, ctx, address.territoryId))) return refuse('worked-later');
    const { count } = await tx
      .selectFrom('expert_hours')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('mission_id', '=', mission!.id)
      .executeTakeFirstOrThrow();
    if (Number(count) >= HOURS_MAX_ROWS) return refuse('too-many-hours', { max: HOURS_MAX_ROWS });
    await tx
      .insertInto('expert_hours')
      .values({
        id: newId(),
        mission_id: mission!.id,
        dossier_id: row.id,
        territory_id: address.territoryId,
        worked_on: fields.workedOn,
        minutes: fields.minutes,
        what: fields.what,
        written_by: ctx.actor.accountId,
        written_at: ctx.now
      })
      .execute();
    ledger.about('dossier', row.id, address.territoryId, { minutes: fields.minutes });
    return accept();
  });
}
