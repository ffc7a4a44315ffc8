import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, type Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { searchDirectory, type DirectoryKind } from '../directory/search-directory.query.ts';
import { searchSupports } from '../orientation/search-supports.query.ts';
import type { SupportKind } from '../orientation/support.schema.ts';
import type { SearchNews } from './alert-messages.ts';
import type { SearchCriteria, SearchSubject } from './alerts.schema.ts';
import { searchHref } from './search-address.rules.ts';

/** Lines told of one search; the rest is a number and a link. */
export const NEWS_LINES_MAX_COUNT = 5;
/** New things looked at for one search, and pages of its results: beyond, the news are already too many to read. */
const CANDIDATES_MAX_COUNT = 500;
const PAGE_ITEMS = 100;
const PAGES_MAX_COUNT = 10;

export interface WatchedSearch {
  readonly territoryId: Id;
  readonly slug: string;
  readonly timeZone: string;
  readonly about: SearchSubject;
  readonly criteria: SearchCriteria;
  readonly label: string;
  readonly lookedAt: Instant;
}

/** What came into a search since it was last looked at, the newest first; null when nothing did. */
export async function newsOf(ctx: Context, search: WatchedSearch, origin: string): Promise<SearchNews | null> {
  const found = await newIn(ctx, search);
  if (found.length === 0) return null;
  const home = `${origin}/${search.slug}`;
  const lines = found
    .slice(0, NEWS_LINES_MAX_COUNT)
    .map(({ id, title }) => ({ title, link: `${home}/${PATHS[search.about]}/${id}` }));
  return { label: search.label, lines, total: found.length, link: origin + searchHref(search.slug, search) };
}

const PATHS = { directory: 'organizations', need: 'needs', offer: 'offers', support: 'supports' } as const;

interface Candidate {
  readonly id: Id;
  readonly title: string;
}

async function newIn(ctx: Context, search: WatchedSearch): Promise<Candidate[]> {
  const candidates = await candidatesOf(ctx, search);
  if (candidates.length === 0 || search.about === 'need' || search.about === 'offer') return candidates;
  const wanted = new Set(candidates.map(({ id }) => id));
  const answering = await answeringAmong(ctx, search, wanted);
  return candidates.filter(({ id }) => answering.has(id));
}

/** Published since, still true and still open: what is stale or past its date is nobody's news. */
async function candidatesOf(ctx: Context, search: WatchedSearch): Promise<Candidate[]> {
  const { territoryId, lookedAt, about, criteria } = search;
  return reading(ctx, async (tx) => {
    if (about === 'directory') {
      const { rows } = await sql<Candidate>`
        select id, name as title from organization
        where territory_id = ${territoryId} and status = 'published' and published_at > ${lookedAt}
          and published_at <= ${ctx.now} and (stale_at is null or stale_at > ${ctx.now})
        order by published_at desc, id desc limit ${CANDIDATES_MAX_COUNT}`.execute(tx);
      return rows;
    }
    if (about === 'support') {
      const today = localDate(ctx.now, search.timeZone);
      const { rows } = await sql<Candidate>`
        select id, title from support
        where territory_id = ${territoryId} and status = 'published' and created_at > ${lookedAt}
          and created_at <= ${ctx.now} and (proposed_until is null or proposed_until >= ${today}::date)
        order by created_at desc, id desc limit ${CANDIDATES_MAX_COUNT}`.execute(tx);
      return rows;
    }
    const { rows } = await sql<Candidate>`
      select p.id, p.title from post p join organization o on o.id = p.organization_id
      where p.territory_id = ${territoryId} and p.kind = ${about} and p.state in ('open', 'in-contact')
        and o.status = 'published' and p.posted_at > ${lookedAt} and p.posted_at <= ${ctx.now}
        and (${criteria.category ?? null}::text is null or p.category = ${criteria.category ?? null})
      order by p.posted_at desc, p.id desc limit ${CANDIDATES_MAX_COUNT}`.execute(tx);
    return rows;
  });
}

/** Those that the search itself finds, page after page, so that news and list never differ. */
async function answeringAmong(ctx: Context, search: WatchedSearch, wanted: ReadonlySet<Id>): Promise<Set<Id>> {
  const answering = new Set<Id>();
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX_COUNT; page += 1) {
    const { ids, next } = await pageOf(ctx, search, after);
    for (const id of ids) if (wanted.has(id)) answering.add(id);
    if (!next || answering.size === wanted.size) break;
    after = next;
  }
  return answering;
}

async function pageOf(
  ctx: Context,
  { territoryId, about, criteria }: WatchedSearch,
  after: string | undefined
): Promise<{ ids: Id[]; next: string | null }> {
  const { text, themes, publics, kinds, neighbourhoodId, fees } = criteria;
  const asked = {
    territoryId,
    limit: PAGE_ITEMS,
    ...(text ? { text } : {}),
    ...(themes ? { themes } : {}),
    ...(publics ? { publics } : {}),
    ...(neighbourhoodId ? { neighbourhoodId } : {}),
    ...(after ? { after } : {})
  };
  if (about === 'support') {
    const more = { ...(kinds ? { kinds: kinds as SupportKind[] } : {}), ...(fees ? { fees } : {}) };
    const page = await searchSupports(ctx, { ...asked, ...more });
    return { ids: page.items.map(({ id }) => id), next: page.next };
  }
  const page = await searchDirectory(ctx, { ...asked, ...(kinds ? { kinds: kinds as DirectoryKind[] } : {}) });
  return { ids: page.items.map(({ organizationId }) => organizationId), next: page.next };
}
