import type { Context } from '@terreau/database/context';
import { anyVariant, carriesMarks, rankSheets } from '@terreau/database/search';
import { planSearch, type SearchPlan } from '@terreau/database/search-plan';
import { searching } from '@terreau/database/searching';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { ownWords } from '../territories/own-words.query.ts';
import { readCursor, writeCursor, type DirectoryCursor } from './directory-cursor.ts';

export interface DirectorySearch {
  readonly territoryId: Id;
  readonly text?: string;
  /** One of these codes of data·inclusion, or of the territory's own words. */
  readonly themes?: readonly string[];
  readonly publics?: readonly string[];
  /** What the sheet must hold: a service, an open need, an open offer; `organization` asks for nothing more. */
  readonly kinds?: readonly DirectoryKind[];
  readonly neighbourhoodId?: Id;
  /** One of its places lies in this priority neighbourhood, as drawn for its vintage. */
  readonly priorityNeighbourhoodId?: Id;
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
/** A list without words is counted up to here. */
export const DIRECTORY_COUNT_MAX = 1000;
/** Codes read of one filter; the further ones are not. */
export const DIRECTORY_FILTER_CODES_MAX = 50;
export const DIRECTORY_RADIUS_MAX_KM = 500;

/** One page of the published sheets of a territory. Whoever asks sees the same: nothing else is searched. */
export async function searchDirectory(ctx: Context, search: DirectorySearch): Promise<DirectoryPage> {
  const limit = Math.max(1, Math.min(DIRECTORY_PAGE_ITEMS_MAX, Math.trunc(search.limit ?? DIRECTORY_PAGE_ITEMS) || 1));
  const cursor = readCursor(search.after);
  return searching(ctx, async (tx) => {
    const plan = cursor?.kind === 'rank' ? cursor.plan : await planOf(tx, search);
    const found =
      plan.words.length > 0
        ? await rankedPage(tx, search, plan, limit, cursor)
        : (search.text ?? '').trim() !== '' || hasImpossibleId(search)
          ? NOTHING
          : search.near
            ? await nearestPage(tx, search, search.near, limit, cursor)
            : await namedPage(tx, search, limit, cursor);
    const items = await readItems(tx, found.ids, search, plan);
    return {
      total: found.total,
      totalIsExact: found.totalIsExact,
      items,
      next: found.next,
      correctedText: plan.correctedText
    };
  });
}

async function planOf(tx: Tx, { territoryId, text = '' }: DirectorySearch): Promise<SearchPlan> {
  const isAsked = text.trim() !== '' && UUID.test(territoryId);
  return planSearch(tx, territoryId, text, isAsked ? await ownWords(tx, territoryId) : []);
}

interface FoundPage {
  readonly ids: readonly Id[];
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly next: string | null;
}

const NOTHING: FoundPage = { ids: [], total: 0, totalIsExact: true, next: null };

async function rankedPage(
  tx: Tx,
  search: DirectorySearch,
  plan: SearchPlan,
  limit: number,
  cursor: DirectoryCursor | null
): Promise<FoundPage> {
  const start = cursor?.kind === 'rank' ? cursor.start : undefined;
  const page = await rankSheets(tx, plan, conditionOf(search, plan), limit, start);
  const last = page.sheets.at(-1);
  return {
    ids: page.sheets.map((sheet) => sheet.organizationId),
    total: page.total,
    totalIsExact: page.totalIsExact,
    next: page.hasMore && last ? writeCursor({ kind: 'rank', plan, start: { frame: page.frame, last } }) : null
  };
}

/** Without words: the names in their order. */
async function namedPage(
  tx: Tx,
  search: DirectorySearch,
  limit: number,
  cursor: DirectoryCursor | null
): Promise<FoundPage> {
  const condition = sql<SqlBool>`d.territory_id = ${search.territoryId} and ${conditionOf(search)}`;
  const after =
    cursor?.kind === 'name'
      ? sql`and (d.sort_name, d.organization_id) > (${cursor.sortName}, ${cursor.id}::uuid)`
      : sql``;
  const { rows } = await sql<{ id: Id; sortName: string }>`
    select d.organization_id as id, d.sort_name as "sortName" from search_document d
    where ${condition} ${after} order by d.sort_name, d.organization_id limit ${limit + 1}`.execute(tx);
  const last = rows.length > limit ? rows[limit - 1]! : null;
  return {
    ids: rows.slice(0, limit).map((row) => row.id),
    ...(await count(tx, condition)),
    next: last && writeCursor({ kind: 'name', sortName: last.sortName, id: last.id })
  };
}

/** Without words but near a place: the nearest first; sheets without a place have no distance and are left out. */
async function nearestPage(
  tx: Tx,
  search: DirectorySearch,
  near: Near,
  limit: number,
  cursor: DirectoryCursor | null
): Promise<FoundPage> {
  const condition = sql<SqlBool>`d.territory_id = ${search.territoryId} and ${conditionOf(search)} and d.latitude is not null`;
  const after =
    cursor?.kind === 'distance' ? sql`where (metres, id) > (${cursor.metres}::float8, ${cursor.id}::uuid)` : sql``;
  const { rows } = await sql<{ id: Id; metres: number }>`
    select id, metres from (select d.organization_id as id, ${metresTo(near)} as metres from search_document d where ${condition}) as n
    ${after} order by metres, id limit ${limit + 1}`.execute(tx);
  const last = rows.length > limit ? rows[limit - 1]! : null;
  return {
    ids: rows.slice(0, limit).map((row) => row.id),
    ...(await count(tx, condition)),
    next: last && writeCursor({ kind: 'distance', metres: last.metres, id: last.id })
  };
}

async function count(tx: Tx, condition: RawBuilder<SqlBool>): Promise<{ total: number; totalIsExact: boolean }> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from (select from search_document d where ${condition} limit ${DIRECTORY_COUNT_MAX + 1}) as c`.execute(
    tx
  );
  const total = rows[0]!.total;
  return { total: Math.min(total, DIRECTORY_COUNT_MAX), totalIsExact: total <= DIRECTORY_COUNT_MAX };
}

type Near = { readonly latitude: number; readonly longitude: number };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that is none finds nothing, as an unknown one. */
function hasImpossibleId(search: DirectorySearch): boolean {
  return !UUID.test(search.territoryId);
}

function conditionOf(search: DirectorySearch, plan?: SearchPlan): RawBuilder<SqlBool> {
  const kinds = search.kinds?.includes('organization') ? [] : [...new Set(search.kinds ?? [])];
  const codes = (prefix: string, list: readonly string[] = []) =>
    list.slice(0, DIRECTORY_FILTER_CODES_MAX).map((code) => `${prefix}:${code.replaceAll('\u0000', '')}`);
  const conditions = [
    carriesMarks({
      all: [
        `territory:${search.territoryId}`,
        ...(search.neighbourhoodId ? [`neighbourhood:${search.neighbourhoodId}`] : [])
      ],
      oneOf: [codes('theme', search.themes), codes('public', search.publics), codes('kind', kinds)]
    })
  ];
  if (plan && kinds.length > 0) conditions.push(saidByKind(kinds, plan));
  if (search.near && search.radiusKm !== undefined) conditions.push(within(search.near, search.radiusKm));
  if (search.priorityNeighbourhoodId) conditions.push(inPriorityNeighbourhood(search.priorityNeighbourhoodId));
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

/** A word must stand in what the kinds name: a need found by the words of an offer would answer beside the point. */
function saidByKind(kinds: readonly DirectoryKind[], plan: SearchPlan): RawBuilder<SqlBool> {
  const words = plan.words.filter((word) => word.variants.length > 0);
  const any = words.map((word) => anyVariant(word)).join(' | ');
  const inService = words.map((word) => anyVariant(word, '', 'B')).join(' | ');
  const conditions = {
    organization: sql`true`,
    service: sql`d.terms @@ ${inService}::tsquery`,
    need: sql`d.needs @@ ${any}::tsquery`,
    offer: sql`d.offers @@ ${any}::tsquery`
  };
  return sql<SqlBool>`(${sql.join(
    kinds.map((kind) => conditions[kind]),
    sql` or `
  )})`;
}

function within(near: Near, radiusKm: number): RawBuilder<SqlBool> {
  const metres = Math.max(0, Math.min(DIRECTORY_RADIUS_MAX_KM, radiusKm)) * 1000;
  return sql<SqlBool>`exists (select from place p where p.organization_id = d.organization_id and p.latitude is not null
    and earth_box(${point(near)}, ${metres}::float8) @> ll_to_earth(p.latitude, p.longitude)
    and earth_distance(${point(near)}, ll_to_earth(p.latitude, p.longitude)) <= ${metres}::float8)`;
}

/** Inside more edges than holes: an outline may have an island in a hole. */
function inPriorityNeighbourhood(id: Id): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select from place p join priority_neighbourhood q on q.territory_id = d.territory_id
    where q.id::text = ${id} and p.organization_id = d.organization_id and p.latitude is not null
      and (select count(*) from unnest(q.edges) as edge where edge @> point(p.longitude, p.latitude))
        > (select count(*) from unnest(q.holes) as hole where hole @> point(p.longitude, p.latitude)))`;
}

function metresTo(near: Near) {
  return sql`(select min(earth_distance(${point(near)}, ll_to_earth(p.latitude, p.longitude)))
    from place p where p.organization_id = d.organization_id and p.latitude is not null)`;
}

function point(near: Near) {
  return sql`ll_to_earth(${near.latitude}::float8, ${near.longitude}::float8)`;
}

interface ItemRow extends Omit<DirectoryItem, 'matched'> {
  readonly passages: string[];
  readonly described: boolean;
}

async function readItems(
  tx: Tx,
  ids: readonly Id[],
  search: DirectorySearch,
  plan: SearchPlan
): Promise<DirectoryItem[]> {
  if (ids.length === 0) return [];
  const words = plan.words.filter((word) => word.variants.length > 0);
  const described =
    words.length > 0
      ? sql`d.terms @@ ${words.map((word) => anyVariant(word, '', 'D')).join(' | ')}::tsquery`
      : sql`false`;
  const { rows } = await sql<ItemRow>`
    select d.organization_id as "organizationId", d.name, d.acronym, d.summary, d.themes, d.publics, d.city,
      d.neighbourhood_id as "neighbourhoodId", d.latitude, d.longitude,
      ${search.near ? sql`${metresTo(search.near)} / 1000` : sql`null::float8`} as "distanceKm",
      d.opening_hours as "openingHours", d.confirmed_at as "confirmedAt", d.stale_at as "staleAt",
      d.passages, ${described} as described
    from search_document d where d.organization_id = any (${ids}::uuid[])`.execute(tx);
  const byId = new Map(rows.map((row) => [row.organizationId, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [itemOf(row, plan)] : [];
  });
}

const PART_OF_PASSAGE: Readonly<Record<string, MatchedPart>> = {
  n: 'name',
  s: 'service',
  d: 'need',
  o: 'offer',
  t: 'theme'
};
const PARTS_IN_ORDER: readonly MatchedPart[] = ['name', 'service', 'need', 'offer', 'theme', 'description'];

function itemOf({ passages, described, ...item }: ItemRow, plan: SearchPlan): DirectoryItem {
  const lexemes = new Set(plan.words.flatMap((word) => word.variants.map((variant) => variant.lexeme)));
  const parts = new Set<MatchedPart>(described ? ['description'] : []);
  for (const passage of passages) {
    const part = PART_OF_PASSAGE[passage[0]!];
    if (
      part &&
      passage
        .slice(1)
        .split(' ')
        .some((lexeme) => lexemes.has(lexeme))
    )
      parts.add(part);
  }
  return { ...item, matched: PARTS_IN_ORDER.filter((part) => parts.has(part)) };
}
