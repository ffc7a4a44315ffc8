import type { Context } from '@terreau/database/context';
import { carriesMarks, rankSheets, SEARCH_CANDIDATES_MAX, type SearchMarks } from '@terreau/database/search';
import { planSearch } from '@terreau/database/search-plan';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql, type RawBuilder, type SqlBool } from 'kysely';

export interface DirectorySearch {
  readonly territoryId: Id;
  readonly text?: string;
  /** One of these codes of data·inclusion, or of the territory's own words. */
  readonly themes?: readonly string[];
  readonly publics?: readonly string[];
  /** What the sheet must hold: a service, an open need, an open offer; `organization` asks for nothing more. */
  readonly kinds?: readonly DirectoryKind[];
  readonly neighbourhoodId?: Id;
  /** Degrees, WGS84. Without text, the nearest come first. */
  readonly near?: { readonly latitude: number; readonly longitude: number };
  readonly radiusKm?: number;
  /** `next` of the page before. */
  readonly after?: string;
  readonly limit?: number;
}

export type DirectoryKind = 'organization' | 'service' | 'need' | 'offer';
export type MatchedPart = 'name' | 'service' | 'need' | 'offer' | 'theme' | 'description';

export interface DirectoryPage {
  readonly total: number;
  /** False when more sheets answer than are counted: "more than `total`". */
  readonly totalIsExact: boolean;
  readonly items: readonly DirectoryItem[];
  /** To be given back as `after`; null on the last page. */
  readonly next: string | null;
  /** What was searched instead, when spelling was corrected. */
  readonly correctedText: string | null;
}

export interface DirectoryItem {
  readonly organizationId: Id;
  readonly name: string;
  readonly acronym: string | null;
  readonly summary: string | null;
  readonly themes: readonly string[];
  readonly publics: readonly string[];
  readonly city: string | null;
  readonly neighbourhoodId: Id | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly distanceKm: number | null;
  readonly openingHours: string | null;
  readonly confirmedAt: Date | null;
  readonly staleAt: Date | null;
  /** Where the words were found. */
  readonly matched: readonly MatchedPart[];
}

export const DIRECTORY_PAGE_ITEMS = 20;
export const DIRECTORY_PAGE_ITEMS_MAX = 100;

/** One page of the published sheets of a territory. Whoever asks sees the same: nothing else is searched. */
export async function searchDirectory(ctx: Context, search: DirectorySearch): Promise<DirectoryPage> {
  return reading(ctx, async (tx) => {
    const limit = Math.max(1, Math.min(DIRECTORY_PAGE_ITEMS_MAX, Math.trunc(search.limit ?? DIRECTORY_PAGE_ITEMS)));
    const condition = conditionOf(search);
    const plan = await planSearch(tx, search.territoryId, search.text ?? '');
    const ranked =
      plan.words.length > 0 ? await rankSheets(tx, plan, condition) : await listSheets(tx, search, condition);
    const start = search.after ? ranked.findIndex((sheet) => sheet.organizationId === search.after) + 1 : 0;
    const page = ranked.slice(start, start + limit);
    return {
      total: Math.min(ranked.length, SEARCH_CANDIDATES_MAX),
      totalIsExact: ranked.length < SEARCH_CANDIDATES_MAX,
      items: await readItems(
        tx,
        page.map((sheet) => sheet.organizationId),
        search
      ),
      next: start + limit < ranked.length ? page.at(-1)!.organizationId : null,
      correctedText: plan.correctedText
    };
  });
}

function conditionOf(search: DirectorySearch): RawBuilder<SqlBool> {
  const kinds = search.kinds?.includes('organization') ? [] : (search.kinds ?? []);
  const marks: SearchMarks = {
    all: [
      `territory:${search.territoryId}`,
      ...(search.neighbourhoodId ? [`neighbourhood:${search.neighbourhoodId}`] : [])
    ],
    oneOf: [
      (search.themes ?? []).map((code) => `theme:${code}`),
      (search.publics ?? []).map((code) => `public:${code}`),
      kinds.map((kind) => `kind:${kind}`)
    ]
  };
  if (!search.near || search.radiusKm === undefined) return carriesMarks(marks);
  const { latitude, longitude } = search.near;
  return sql<SqlBool>`${carriesMarks(marks)} and d.organization_id in (
    select p.organization_id from place p
    where earth_box(ll_to_earth(${latitude}, ${longitude}), ${search.radiusKm * 1000}) @> ll_to_earth(p.latitude, p.longitude)
      and earth_distance(ll_to_earth(${latitude}, ${longitude}), ll_to_earth(p.latitude, p.longitude)) <= ${search.radiusKm * 1000})`;
}

async function listSheets(tx: Tx, search: DirectorySearch, condition: RawBuilder<SqlBool>) {
  const order = search.near
    ? sql`${distanceTo(search.near)} nulls last, d.organization_id`
    : sql`d.sort_name, d.organization_id`;
  const { rows } = await sql<{ organizationId: Id }>`
    select d.organization_id as "organizationId" from search_document d
    where ${condition} and d.territory_id = ${search.territoryId} order by ${order} limit ${SEARCH_CANDIDATES_MAX}`.execute(
    tx
  );
  return rows;
}

function distanceTo(near: { latitude: number; longitude: number }) {
  return sql`(select min(earth_distance(ll_to_earth(${near.latitude}, ${near.longitude}), ll_to_earth(p.latitude, p.longitude)))
    from place p where p.organization_id = d.organization_id and p.latitude is not null) / 1000`;
}

async function readItems(tx: Tx, ids: Id[], search: DirectorySearch): Promise<DirectoryItem[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<DirectoryItem>`
    select d.organization_id as "organizationId", d.name, d.acronym, d.summary, d.themes, d.publics, d.city,
      d.neighbourhood_id as "neighbourhoodId", d.latitude, d.longitude,
      ${search.near ? distanceTo(search.near) : sql`null::float8`} as "distanceKm",
      d.opening_hours as "openingHours", d.confirmed_at as "confirmedAt", d.stale_at as "staleAt", '{}'::text[] as matched
    from search_document d where d.organization_id = any (${ids}::uuid[])`.execute(tx);
  const byId = new Map(rows.map((row) => [row.organizationId, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
