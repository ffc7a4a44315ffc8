import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { readIdentity, type ReadIdentity } from './duplicate-identity.rules.ts';

/** Sheets compared in one search. Beyond, the oldest are left out and the search says so. */
export const IDENTITIES_MAX_COUNT = 200_000;

/** Every sheet of the territory that somebody can see or moderate, read for comparison. */
export async function readIdentities(tx: Tx, territoryId: Id): Promise<ReadIdentity[]> {
  const organizations = await tx
    .selectFrom('organization')
    .select(['id', 'name', 'acronym', 'siret', 'rna', 'website', 'email', 'phone'])
    .where('territory_id', '=', territoryId)
    .where('status', 'in', ['published', 'held'])
    .orderBy('id', 'desc')
    .limit(IDENTITIES_MAX_COUNT)
    .execute();
  const places = await tx
    .selectFrom('place')
    .select(['organization_id', 'address', 'postcode', 'latitude', 'longitude'])
    .where('territory_id', '=', territoryId)
    .orderBy('position')
    .execute();
  const placesOf = Map.groupBy(places, (place) => place.organization_id);
  return organizations.map((row) =>
    readIdentity({ ...row, places: (placesOf.get(row.id) ?? []).slice(0, PLACES_MAX_COUNT) })
  );
}

const PLACES_MAX_COUNT = 20;

/** Names of the territory's own places, which many organisations bear. */
export async function readPlaceNames(tx: Tx, territoryId: Id): Promise<string[]> {
  const rows = await tx
    .selectFrom('territory_area')
    .select('name')
    .where('territory_id', '=', territoryId)
    .union(tx.selectFrom('neighbourhood').select('name').where('territory_id', '=', territoryId))
    .union(tx.selectFrom('territory').select('name').where('id', '=', territoryId))
    .execute();
  return rows.map((row) => row.name);
}
