import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { loadOfficialGeography } from '../territories/official-geography.ts';
import type { RequestPlace } from './request-delays.rules.ts';

export interface TerritoryPlace extends RequestPlace {
  readonly slug: string;
  readonly name: string;
}

/** The walls and the holidays of a territory. Where it spans several départements, those of its most populated area. */
export async function placeOfTerritory(tx: Tx, territoryId: Id): Promise<TerritoryPlace> {
  const territory = await tx
    .selectFrom('territory')
    .select(['slug', 'name', 'time_zone as timeZone'])
    .where('id', '=', territoryId)
    .executeTakeFirstOrThrow();
  const area = await tx
    .selectFrom('territory_area')
    .select(['kind', 'code'])
    .where('territory_id', '=', territoryId)
    .where('kind', '<>', 'fictional')
    .orderBy('population', (order) => order.desc().nullsLast())
    .orderBy('code')
    .executeTakeFirst();
  return { ...territory, departement: area ? departementOf(area.kind, area.code) : null };
}

const OVERSEAS = /^9[78]/;

function departementOf(kind: string, code: string): string | null {
  if (kind === 'departement') return code;
  const commune = kind === 'epci' ? loadOfficialGeography().group(code)?.communeCodes[0] : code;
  return commune ? commune.slice(0, OVERSEAS.test(commune) ? 3 : 2) : null;
}
