import type { Context } from '@terreau/database/context';
import { carriesMarks, rankSheets } from '@terreau/database/search';
import { planSearch, type SearchPlan } from '@terreau/database/search-plan';
import { searching } from '@terreau/database/searching';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { localDate, type LocalDate } from '@terreau/kernel/instants';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { readCursor, writeCursor, type DirectoryCursor } from '../directory/directory-cursor.ts';
import { timeZoneOf } from '../directory/time-zone.ts';
import { ownWords } from '../territories/own-words.query.ts';
import { readSheets, type SupportSheet } from './support-sheet.query.ts';
import type { SupportKind } from './support.schema.ts';

export interface SupportSearch {
  readonly territoryId: Id;
  readonly text?: string;
  readonly kinds?: readonly SupportKind[];
  /** Codes of data·inclusion or the territory's own words: one of them. */
  readonly themes?: readonly string[];
  readonly publics?: readonly string[];
  readonly neighbourhoodId?: Id;
  readonly fees?: 'gratuit' | 'payant';
  /** Current, begun, and with room for one more request. */
  readonly isOpenNow?: boolean;
  /** `next` of the page before. */
  readonly after?: string;
  readonly limit?: number;
}

export interface SupportPage {
  readonly items: readonly SupportSheet[];
  readonly total: number;
  /** False: more than `total`. */
  readonly totalIsExact: boolean;
  readonly next: string | null;
  /** What was searched instead, when spelling was corrected. */
  readonly correctedText: string | null;
}

export const SUPPORT_PAGE_ITEMS = 20;
export const SUPPORT_PAGE_ITEMS_MAX = 100;
const COUNT_MAX = 1000;

/** One page of the public catalogue of a territory, by the search of the directory: whoever asks sees the same. */
export async function searchSupports(ctx: Context, search: SupportSearch): Promise<SupportPage> {
  const limit = Math.max(1, Math.min(SUPPORT_PAGE_ITEMS_MAX, Math.trunc(search.limit ?? SUPPORT_PAGE_ITEMS) || 1));
  const cursor = readCursor(search.after);
  return searching(ctx, async (tx) => {
    const today = localDate(ctx.now, await timeZoneOf(tx, search.territoryId));
    const collection = await collectionOf(tx, search.territoryId);
    const plan =
      cursor?.kind === 'rank'
        ? cursor.plan
        : await planSearch(tx, collection, search.text ?? '', await ownWords(tx, search.territoryId));
    const condition = conditionOf(search, collection, today);
    const found =
      plan.words.length > 0
        ? await rankedPage(tx, plan, condition, limit, cursor)
        : (search.text ?? '').trim() === ''
          ? await namedPage(tx, condition, limit, cursor)
          : NOTHING;
    return {
      items: await readSheets(tx, found.ids, today),
      total: found.total,
      totalIsExact: found.totalIsExact,
      next: found.next,
      correctedText: plan.correctedText
    };
  });
}

/** Supports stand in `search_document` under a number that each territory has for them (migration 0041). */
async function collectionOf(tx: Tx, territoryId: Id): Promise<Id> {
  const { rows } = await sql<{ id: Id }>`select search_supports_of(${territoryId}::uuid) as id`.execute(tx);
  return rows[0]!.id;
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
  plan: SearchPlan,
  condition: RawBuilder<SqlBool>,
  limit: number,
  cursor: DirectoryCursor | null
): Promise<FoundPage> {
  const page = await rankSheets(tx, plan, condition, limit, cursor?.kind === 'rank' ? cursor.start : undefined);
  const last = page.sheets.at(-1);
  return {
    ids: page.sheets.map((sheet) => sheet.organizationId),
    total: page.total,
    totalIsExact: page.totalIsExact,
    next: page.hasMore && last ? writeCursor({ kind: 'rank', plan, start: { frame: page.frame, last } }) : null
  };
}

/** Without words: the titles in their order. */
async function namedPage(
  tx: Tx,
  condition: RawBuilder<SqlBool>,
  limit: number,
  cursor: DirectoryCursor | null
): Promise<FoundPage> {
  const after =
    cursor?.kind === 'name'
      ? sql`and (d.sort_name, d.organization_id) > (${cursor.sortName}, ${cursor.id}::uuid)`
      : sql``;
  const { rows } = await sql<{ id: Id; sortName: string }>`
    select d.organization_id as id, d.sort_name as "sortName" from search_document d
    where ${condition} ${after} order by d.sort_name, d.organization_id limit ${limit + 1}`.execute(tx);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (
      select from search_document d where ${condition} limit ${COUNT_MAX + 1}) as c`.execute(tx);
  const { total } = counted.rows[0]!;
  const last = rows.length > limit ? rows[limit - 1]! : null;
  return {
    ids: rows.slice(0, limit).map((row) => row.id),
    total: Math.min(total, COUNT_MAX),
    totalIsExact: total <= COUNT_MAX,
    next: last && writeCursor({ kind: 'name', sortName: last.sortName, id: last.id })
  };
}

function conditionOf(search: SupportSearch, collection: Id, today: LocalDate): RawBuilder<SqlBool> {
  const codes = (prefix: string, list: readonly string[] = []) =>
    list.slice(0, 50).map((code) => `${prefix}:${code.replaceAll('\u0000', '')}`);
  const marks = carriesMarks({
    all: [
      `territory:${collection}`,
      ...(isId(search.neighbourhoodId) ? [`neighbourhood:${search.neighbourhoodId}`] : []),
      ...(search.fees ? [`fees:${search.fees}`] : [])
    ],
    oneOf: [codes('theme', search.themes), codes('public', search.publics), codes('kind', search.kinds)]
  });
  const stands = sql<SqlBool>`d.territory_id = ${collection} and ${marks}`;
  return search.isOpenNow ? sql<SqlBool>`${stands} and ${isOpen(today)}` : stands;
}

/** Dates move without anybody touching the sheet: they are compared when the list is read. */
function isOpen(today: LocalDate): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select from support s where s.id = d.organization_id
    and (s.proposed_until is null or s.proposed_until >= ${today}::date)
    and (s.opens_on is null or s.opens_on <= ${today}::date)
    and (s.capacity is null or s.capacity > support_load(s.id)))`;
}
