import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Asker } from '@terreau/matching/asker';
import { boxAround, contains, type AreaGeometry } from '../territories/geometry.rules.ts';
import { loadOfficialGeography } from '../territories/official-geography.ts';

interface AskedPlace {
  readonly territoryId: Id;
  readonly neighbourhoodId?: Id | null;
  readonly near?: Asker['point'];
}

/**
 * Where somebody asks from: the point told, or the middle of their neighbourhood, and the areas that it lies in. In a
 * territory of several communes the commune is not known, and is then to be checked rather than guessed.
 */
export async function placeOfAsker(tx: Tx, asked: AskedPlace): Promise<Pick<Asker, 'point' | 'areas'>> {
  const point = asked.near ?? (await middleOfNeighbourhood(tx, asked));
  const rows = await tx
    .selectFrom('territory_area')
    .select(['kind', 'code'])
    .where('territory_id', '=', asked.territoryId)
    .orderBy('code')
    .execute();
  const of = (...kinds: string[]) => rows.filter((row) => kinds.includes(row.kind)).map((row) => row.code);
  const communes = of('commune', 'fictional');
  const departements = only([...of('departement'), ...communesOf(rows).map((commune) => commune.departementCode)]);
  return {
    point,
    areas: {
      territory: [asked.territoryId],
      commune: only(communes),
      epci: only([...of('epci'), ...of('commune').flatMap(groupsOf)]),
      departement: departements,
      region: departements && only(departements.flatMap(regionOf)),
      qpv: await priorityNeighbourhoods(tx, asked.territoryId, point)
    }
  };
}

/** What all the areas of a territory agree on; null when they do not, or none tells. */
function only(codes: readonly string[]): string[] | null {
  const different = [...new Set(codes)];
  return different.length === 1 ? different : null;
}

function communesOf(rows: readonly { kind: string; code: string }[]) {
  const geography = loadOfficialGeography();
  return rows.flatMap((row) =>
    row.kind === 'commune'
      ? (geography.communeBehind(row.code) ?? [])
      : row.kind === 'epci'
        ? geography.communesOfGroup(row.code)
        : []
  );
}

function groupsOf(commune: string): string[] {
  return loadOfficialGeography()
    .groupsOfCommune(commune)
    .map((group) => group.code);
}

function regionOf(departement: string): string[] {
  const found = loadOfficialGeography().departement(departement);
  return found ? [found.regionCode] : [];
}

async function middleOfNeighbourhood(tx: Tx, asked: AskedPlace): Promise<Asker['point']> {
  if (!isId(asked.neighbourhoodId)) return null;
  const row = await tx
    .selectFrom('neighbourhood')
    .select('outline')
    .where('id', '=', asked.neighbourhoodId)
    .where('territory_id', '=', asked.territoryId)
    .executeTakeFirst();
  const box = row?.outline ? boxAround([row.outline as unknown as AreaGeometry]) : null;
  return box && { latitude: (box.south + box.north) / 2, longitude: (box.west + box.east) / 2 };
}

/** The priority neighbourhoods, of any vintage, that the point lies in; null when there are some and no point is known. */
async function priorityNeighbourhoods(tx: Tx, territoryId: Id, point: Asker['point']): Promise<string[] | null> {
  const rows = await tx
    .selectFrom('priority_neighbourhood')
    .select(['code', 'outline'])
    .where('territory_id', '=', territoryId)
    .orderBy('code')
    .execute();
  if (rows.length === 0) return [];
  if (point === null) return null;
  return rows
    .filter((row) => contains(row.outline as unknown as AreaGeometry, point.longitude, point.latitude))
    .map((row) => row.code);
}
