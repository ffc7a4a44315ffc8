import { openState } from '@terreau/calendar/opening-hours';
import type { Context } from '@terreau/database/context';
import { DIRECTORY_PAGE_ITEMS, DIRECTORY_PAGE_ITEMS_MAX, searchDirectory } from './search-directory.query.ts';
import type { DirectoryItem, DirectoryPage, DirectorySearch } from './search-directory.query.ts';

/** Sheets whose hours are computed for one answer: beyond, the page says that it did not look further. */
export const OPEN_NOW_LOOKED_MAX_COUNT = 500;

export interface OpenNowPage extends DirectoryPage {
  /** Sheets that answer the other filters and whose hours were looked at. */
  readonly looked: number;
  /** Those among them that do not say their hours. */
  readonly silent: number;
}

/**
 * The sheets of a search that are open at this minute, with how many were looked at and how many do not say:
 * an organisation without hours is not called closed. `total` counts the open ones.
 */
export async function listOpenNow(ctx: Context, search: DirectorySearch, timeZone: string): Promise<OpenNowPage> {
  const found = await readUpTo(ctx, search);
  const known = found.items.filter((item) => item.openingHours !== null);
  const open = known.filter((item) => openState(item.openingHours!, ctx.now, timeZone).state === 'open');
  const start = search.after ? open.findIndex((item) => item.organizationId === search.after) + 1 : 0;
  const items = open.slice(start, start + (search.limit ?? DIRECTORY_PAGE_ITEMS));
  return {
    total: open.length,
    totalIsExact: found.isWhole,
    items,
    next: start + items.length < open.length ? (items.at(-1)?.organizationId ?? null) : null,
    correctedText: found.correctedText,
    looked: found.items.length,
    silent: found.items.length - known.length
  };
}

async function readUpTo(ctx: Context, search: DirectorySearch) {
  const items: DirectoryItem[] = [];
  let after: string | undefined;
  let page: DirectoryPage;
  do {
    page = await searchDirectory(ctx, { ...search, limit: DIRECTORY_PAGE_ITEMS_MAX, ...(after ? { after } : {}) });
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after && items.length < OPEN_NOW_LOOKED_MAX_COUNT);
  return { items, isWhole: after === undefined, correctedText: page.correctedText };
}
