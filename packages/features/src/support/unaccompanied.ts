import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';

/** After these nothing more is due: not even a check-up. */
export const OVER_STATES = ['redirected', 'interrupted', 'check-up-24'] as const;

/**
 * The dossiers of a territory that nobody accompanies any more, though something is still due in them: whoever did has
 * left the team, or erased their account. Run with the platform's rights; by id, nothing of what they hold.
 */
export async function unaccompaniedDossiers(tx: Tx, territoryId: Id, limit: number): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select d.id from dossier d
    where d.territory_id = ${territoryId} and d.words_erased_at is null
      and d.state <> all(${[...OVER_STATES]}::text[])
      and not exists (select from dossier_member m
        where m.dossier_id = d.id and m.role = 'facilitator' and m.left_at is null)
    order by d.next_contact_on nulls last, d.id limit ${limit}`.execute(tx);
  return rows.map(({ id }) => id);
}
