import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { contains, isWgs84Area, type AreaGeometry } from './geometry.rules.ts';
import { mayShapeTerritory } from './territories.policy.ts';

export interface NeighbourhoodDrawing {
  readonly slug: string;
  readonly name: string;
  /** GeoJSON Polygon or MultiPolygon in WGS84. */
  readonly outline: unknown;
}

export interface NeighbourhoodRequest {
  readonly territoryId: Id;
  readonly neighbourhoods: readonly NeighbourhoodDrawing[];
  /** Where the outlines come from, with their date. */
  readonly source: string;
}

export type NeighbourhoodRefusal =
  'not-found' | 'no-neighbourhood' | 'too-many-neighbourhoods' | 'not-wgs84' | 'same-name-twice';

const NEIGHBOURHOODS_MAX_COUNT = 300;

/**
 * Draws the neighbourhoods of a territory, or redraws those of the same slug, and tells each place again where it lies.
 * Refused whole when one outline is not in WGS84 degrees: a file in metres is never misplaced.
 */
export async function drawNeighbourhoods(
  ctx: Context,
  request: NeighbourhoodRequest
): Promise<Verdict<{ drawn: number; placesLocated: number }, NeighbourhoodRefusal>> {
  const { neighbourhoods } = request;
  if (neighbourhoods.length === 0) return refuse('no-neighbourhood');
  if (neighbourhoods.length > NEIGHBOURHOODS_MAX_COUNT)
    return refuse('too-many-neighbourhoods', { limit: NEIGHBOURHOODS_MAX_COUNT });
  if (new Set(neighbourhoods.map((one) => one.slug)).size < neighbourhoods.length) return refuse('same-name-twice');
  const wrong = neighbourhoods.find((one) => !isWgs84Area(one.outline));
  if (wrong) return refuse('not-wgs84', { name: wrong.name });
  return transaction(ctx, 'draw-neighbourhoods', async (tx, ledger) => {
    const territory = await tx
      .selectFrom('territory')
      .select('id')
      .where('id', '=', request.territoryId)
      .executeTakeFirst();
    if (!territory || !mayShapeTerritory(ctx.actor, territory.id)) return refuse('not-found');
    await upsertOutlines(tx, request);
    const placesLocated = await locatePlaces(tx, territory.id);
    ledger.about('territory', territory.id, territory.id, { neighbourhoods: neighbourhoods.length });
    return accept({ drawn: neighbourhoods.length, placesLocated });
  });
}

/** The neighbourhoods of a territory with their outlines, to find where a point lies. */
export async function outlinesOf(tx: Tx, territoryId: Id): Promise<{ id: Id; outline: AreaGeometry }[]> {
  const rows = await tx
    .selectFrom('neighbourhood')
    .select(['id', 'outline'])
    .where('territory_id', '=', territoryId)
    .where('outline', 'is not', null)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ id: row.id, outline: row.outline as unknown as AreaGeometry }));
}

/** The neighbourhood around a point, or null when it lies in none of them. */
export function neighbourhoodAt(
  outlines: readonly { id: Id; outline: AreaGeometry }[],
  longitude: number,
  latitude: number
): Id | null {
  return outlines.find(({ outline }) => contains(outline, longitude, latitude))?.id ?? null;
}

async function upsertOutlines(tx: Tx, { territoryId, neighbourhoods, source }: NeighbourhoodRequest): Promise<void> {
  await tx
    .insertInto('neighbourhood')
    .values(
      neighbourhoods.map(({ slug, name, outline }, position) => ({
        territory_id: territoryId,
        slug,
        name,
        outline: JSON.stringify(outline),
        source,
        position
      }))
    )
    .onConflict((conflict) =>
      conflict.columns(['territory_id', 'slug']).doUpdateSet((eb) => ({
        name: eb.ref('excluded.name'),
        outline: eb.ref('excluded.outline'),
        source: eb.ref('excluded.source'),
        position: eb.ref('excluded.position')
      }))
    )
    .execute();
}

async function locatePlaces(tx: Tx, territoryId: Id): Promise<number> {
  const outlines = await outlinesOf(tx, territoryId);
  const places = await tx
    .selectFrom('place')
    .select(['id', 'latitude', 'longitude', 'neighbourhood_id'])
    .where('territory_id', '=', territoryId)
    .where('latitude', 'is not', null)
    .execute();
  const moved = places
    .map((place) => ({
      id: place.id,
      from: place.neighbourhood_id,
      to: neighbourhoodAt(outlines, place.longitude!, place.latitude!)
    }))
    .filter(({ from, to }) => from !== to);
  if (moved.length > 0) {
    await sql`
      update place set neighbourhood_id = moved.neighbourhood
      from unnest(${moved.map(({ id }) => id)}::uuid[], ${moved.map(({ to }) => to)}::uuid[]) as moved (id, neighbourhood)
      where place.id = moved.id`.execute(tx);
  }
  return places.length;
}
