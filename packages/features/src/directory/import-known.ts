import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { contains, type AreaGeometry } from '../territories/geometry.rules.ts';
import { IdentityBook } from './import-reconcile.rules.ts';
import { plainForm } from '@terreau/formats/cells';

/** The territory's organisations by everything that identifies them; a sheet merged into another answers for it. */
export async function readIdentityBook(tx: Tx, territoryId: Id): Promise<IdentityBook> {
  const book = new IdentityBook();
  const organizations = await tx
    .selectFrom('organization')
    .select(['id', 'name', 'siret', 'rna', 'source', 'source_id', 'merged_into'])
    .where('territory_id', '=', territoryId)
    .orderBy('id')
    .execute();
  const places = await tx
    .selectFrom('place')
    .select(['organization_id', 'address', 'postcode'])
    .where('territory_id', '=', territoryId)
    .execute();
  const byOrganization = Map.groupBy(places, (place) => place.organization_id);
  const mergedInto = new Map(
    organizations.flatMap((row) => (row.merged_into ? [[row.id, row.merged_into] as const] : []))
  );
  const bearer = (id: Id): Id => (mergedInto.has(id) ? bearer(mergedInto.get(id)!) : id);
  for (const row of organizations) {
    const id = bearer(row.id);
    book.addKnown({ id, name: row.name, siret: row.siret, rna: row.rna, places: byOrganization.get(row.id) ?? [] });
    if (row.source && row.source_id) book.addSource({ source: row.source, sourceId: row.source_id }, id);
  }
  const sources = await tx
    .selectFrom('organization_source')
    .select(['source', 'source_id', 'organization_id'])
    .where('territory_id', '=', territoryId)
    .execute();
  for (const row of sources)
    book.addSource({ source: row.source, sourceId: row.source_id }, bearer(row.organization_id));
  return book;
}

/** Finds the neighbourhood of a place, by the file's own name for it, else by where it lies. */
export type NeighbourhoodFinder = (name: string | null, latitude: unknown, longitude: unknown) => Id | null;

export async function readNeighbourhoods(tx: Tx, territoryId: Id): Promise<NeighbourhoodFinder> {
  const rows = await tx
    .selectFrom('neighbourhood')
    .select(['id', 'name', 'slug', 'outline'])
    .where('territory_id', '=', territoryId)
    .orderBy('position')
    .execute();
  const byName = new Map(
    rows.flatMap(
      (row) =>
        [
          [plainForm(row.name), row.id],
          [plainForm(row.slug), row.id]
        ] as const
    )
  );
  return (name, latitude, longitude) => {
    const named = name === null ? undefined : byName.get(plainForm(name));
    if (named) return named;
    if (typeof latitude !== 'number' || typeof longitude !== 'number') return null;
    const around = rows.find(
      (row) => row.outline && contains(row.outline as unknown as AreaGeometry, longitude, latitude)
    );
    return around?.id ?? null;
  };
}
