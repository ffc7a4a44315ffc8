import { plusWorkingDays } from '@terreau/calendar/working-days';
import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, type LocalDate } from '@terreau/kernel/instants';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { settingInForce } from '../territories/read-settings.query.ts';

/**
 * Promises the structure a call from whoever accompanies it, within the working days that the territory sets: it stands in their week, and the
 * next contact is no later. A call that is already promised by then is not promised twice. Returns its day.
 */
export async function promiseCallBack(tx: Tx, ctx: Context, territoryId: Id, dossierId: Id): Promise<LocalDate> {
  const { timeZone, departement } = await placeOfTerritory(tx, territoryId);
  const { callBackWorkingDays } = await settingInForce(tx, territoryId, 'figure-marks');
  const day = plusWorkingDays(localDate(ctx.now, timeZone), callBackWorkingDays, departement);
  const promised = await tx
    .selectFrom('promised_contact')
    .select('promised_on')
    .where('dossier_id', '=', dossierId)
    .where('kind', '=', 'call')
    .where('done_at', 'is', null)
    .where('promised_on', '<=', day)
    .orderBy('promised_on')
    .limit(1)
    .executeTakeFirst();
  if (promised) return promised.promised_on;
  const facilitator = await tx
    .selectFrom('dossier_member')
    .select('account_id')
    .where('dossier_id', '=', dossierId)
    .where('role', '=', 'facilitator')
    .where('left_at', 'is', null)
    .orderBy('joined_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  await tx
    .insertInto('promised_contact')
    .values({
      territory_id: territoryId,
      dossier_id: dossierId,
      kind: 'call',
      promised_on: day,
      promised_by: facilitator?.account_id ?? null,
      created_at: ctx.now
    })
    .execute();
  await tx
    .updateTable('dossier')
    .set({ next_contact_on: day })
    .where('id', '=', dossierId)
    .where((either) => either.or([either('next_contact_on', 'is', null), either('next_contact_on', '>', day)]))
    .execute();
  return day;
}
