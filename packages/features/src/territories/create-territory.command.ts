import type { Context } from '@terreau/database/context';
import { errorCode } from '@terreau/database/engine';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { isTimeZone } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { loadOfficialGeography, timeZoneOf, type Commune } from './official-geography.ts';
import { isTerritorySlug, slugOf } from './slugs.rules.ts';
import { mayCreateTerritory } from './territories.policy.ts';

export interface TerritoryRequest {
  readonly name: string;
  /** Made from the name when absent. */
  readonly slug?: string | undefined;
  readonly description?: string | undefined;
  /** Official codes; together they must name at least one commune. */
  readonly communes?: readonly string[];
  readonly epcis?: readonly string[];
  readonly departements?: readonly string[];
  /** That of the first commune's département when absent. */
  readonly timeZone?: string | undefined;
  readonly languages?: readonly string[];
}

export type TerritoryRefusal =
  | 'not-found'
  | 'name-missing'
  | 'name-too-long'
  | 'slug-invalid'
  | 'slug-taken'
  | 'area-missing'
  | 'area-unknown'
  | 'time-zone-unknown'
  | 'language-unknown';

export interface CreatedTerritory {
  readonly id: Id;
  readonly slug: string;
  readonly communes: number;
  /** Inhabitants of its communes; null where the official source lacks one of them. */
  readonly population: number | null;
}

const NAME_MAX_CHARACTERS = 120;

/** Opens a territory on a set of communes, EPCI and départements of the official geography. */
export async function createTerritory(
  ctx: Context,
  request: TerritoryRequest
): Promise<Verdict<CreatedTerritory, TerritoryRefusal>> {
  if (!mayCreateTerritory(ctx.actor)) return refuse('not-found');
  const name = request.name.trim();
  if (!name) return refuse('name-missing');
  if (name.length > NAME_MAX_CHARACTERS) return refuse('name-too-long', { limit: NAME_MAX_CHARACTERS });
  const slug = request.slug?.trim() || slugOf(name);
  if (!isTerritorySlug(slug)) return refuse('slug-invalid', { slug });
  const areas = resolveAreas(request);
  if (!areas.ok) return areas;
  const timeZone = request.timeZone ?? timeZoneOf(areas.value.communes[0]!.code);
  if (!isTimeZone(timeZone)) return refuse('time-zone-unknown', { timeZone });
  const languages = request.languages ?? ['fr', 'en'];
  if (languages.length === 0 || languages.some((language) => !/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(language)))
    return refuse('language-unknown');
  try {
    return await transaction(ctx, 'create-territory', async (tx, ledger) => {
      const id = newId();
      await tx
        .insertInto('territory')
        .values({
          id,
          slug,
          name,
          description: request.description ?? null,
          time_zone: timeZone,
          languages: [...languages],
          opened_at: ctx.now,
          created_at: ctx.now
        })
        .execute();
      await insertAreas(tx, id, areas.value.rows);
      ledger.about('territory', id, id, { slug });
      return accept({
        id,
        slug,
        communes: areas.value.communes.length,
        population: populationOf(areas.value.communes)
      });
    });
  } catch (error) {
    if (errorCode(error) === '23505') return refuse('slug-taken', { slug });
    throw error;
  }
}

interface AreaRow {
  readonly kind: 'commune' | 'epci' | 'departement';
  readonly code: string;
  readonly name: string;
  readonly population: number | null;
}

/** The rows as asked, and the communes that they make together, each once. */
function resolveAreas(
  request: TerritoryRequest
): Verdict<{ rows: AreaRow[]; communes: Commune[] }, 'area-missing' | 'area-unknown'> {
  const geography = loadOfficialGeography();
  const rows: AreaRow[] = [];
  const communes = new Map<string, Commune>();
  const include = (kind: AreaRow['kind'], code: string, name: string, members: readonly Commune[]) => {
    rows.push({ kind, code, name, population: populationOf(members) });
    for (const commune of members) communes.set(commune.code, commune);
  };
  for (const code of new Set(request.communes ?? [])) {
    const commune = geography.communeBehind(code);
    if (!commune) return refuse('area-unknown', { code });
    include('commune', commune.code, commune.name, [commune]);
  }
  for (const code of new Set(request.epcis ?? [])) {
    const group = geography.group(code);
    if (!group) return refuse('area-unknown', { code });
    include('epci', code, group.name, geography.communesOfGroup(code));
  }
  for (const code of new Set(request.departements ?? [])) {
    const departement = geography.departement(code);
    if (!departement) return refuse('area-unknown', { code });
    include('departement', code, departement.name, geography.communesOfDepartement(code));
  }
  return communes.size === 0 ? refuse('area-missing') : accept({ rows, communes: [...communes.values()] });
}

function populationOf(communes: readonly Commune[]): number | null {
  if (communes.some((commune) => commune.population === null)) return null;
  return communes.reduce((sum, commune) => sum + commune.population!, 0);
}

async function insertAreas(tx: Tx, territoryId: Id, rows: readonly AreaRow[]): Promise<void> {
  await tx
    .insertInto('territory_area')
    .values(rows.map((row) => ({ territory_id: territoryId, ...row })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
