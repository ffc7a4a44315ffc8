import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';

/** The IANA time zone of a territory. */
export async function timeZoneOf(tx: Tx, territoryId: Id): Promise<string> {
  const row = await tx
    .selectFrom('territory')
    .select('time_zone')
    .where('id', '=', territoryId)
    .executeTakeFirstOrThrow();
  return row.time_zone;
}
