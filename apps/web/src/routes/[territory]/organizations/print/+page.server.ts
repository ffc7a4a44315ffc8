import { formatDate } from '#lib/formats.ts';
import {
  askedInWords,
  filterChoices,
  filtersInWords,
  listEntries,
  readGround,
  type ListEntry
} from '#lib/server/directory/list-page.ts';
import { readFilters } from '#lib/server/directory/list-search.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const PRINTED_MAX_COUNT = 300;
const BATCH_COUNT = 100;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  const filters = readFilters(url.searchParams);
  const choices = filterChoices(await readGround(locals, territory), filters);
  const entries: ListEntry[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const page = await listEntries(locals, territory, filters, { after, limit: BATCH_COUNT });
    entries.push(...page.entries);
    after = page.next;
    total = page.total;
  } while (after && entries.length < PRINTED_MAX_COUNT);
  return {
    entries,
    total,
    words: askedInWords(filters.text, filtersInWords(filters, choices)),
    printedOn: formatDate(locals.context.now, territory.timeZone),
    back: `/${territory.slug}/organizations${url.search}`
  };
};
