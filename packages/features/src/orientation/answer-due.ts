import { plusWorkingDays } from '@terreau/calendar/working-days';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { instantAt, localDate, type Instant } from '@terreau/kernel/instants';
import { settingsInForce } from '../territories/read-settings.query.ts';

/** At the end of the last day people are still there to answer. */
export const ANSWER_HOUR = '17:00';

/** Before when a request that arrives at `now` is answered: working days of the place, in its own time zone. */
export async function answerDueAt(tx: Tx, territoryId: Id, now: Instant): Promise<Instant> {
  const { time_zone: timeZone } = await tx
    .selectFrom('territory')
    .select('time_zone')
    .where('id', '=', territoryId)
    .executeTakeFirstOrThrow();
  const settings = await settingsInForce(tx, territoryId);
  const departement = await departementOf(tx, territoryId);
  const day = plusWorkingDays(localDate(now, timeZone), settings['answer-within-working-days'], departement);
  return instantAt(day, ANSWER_HOUR, timeZone);
}

/** The INSEE code of the département whose public holidays count, or null where none is known. */
export async function departementOf(tx: Tx, territoryId: Id): Promise<string | null> {
  const area = await tx
    .selectFrom('territory_area')
    .select(['kind', 'code'])
    .where('territory_id', '=', territoryId)
    .where('kind', 'in', ['commune', 'departement'])
    .orderBy('population', (order) => order.desc().nullsLast())
    .executeTakeFirst();
  if (!area) return null;
  return area.kind === 'departement' ? area.code : area.code.slice(0, area.code.startsWith('97') ? 3 : 2);
}
