import { directoryGround } from '@terreau/features/directory/directory-ground.query';
import { searchSupports } from '@terreau/features/orientation/search-supports.query';
import { displayPhone } from '@terreau/formats/cells';
import { formatDate } from '#lib/formats.ts';
import { filtersInWords, readSupportFilters, supportLine, supportSearchOf } from '#lib/server/catalogue/list-page.ts';
import { askedInWords } from '#lib/server/directory/list-page.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

const PRINTED_MAX_COUNT = 300;
const BATCH_COUNT = 100;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  const filters = readSupportFilters(url.searchParams);
  const ground = await directoryGround(locals.context, territory.id);
  const lines: (ReturnType<typeof supportLine> & { phone: string | null })[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const page = await searchSupports(locals.context, {
      ...supportSearchOf(territory.id, filters),
      limit: BATCH_COUNT,
      ...(after ? { after } : {})
    });
    lines.push(
      ...page.items.map((sheet) => ({ ...supportLine(sheet), phone: sheet.phone && displayPhone(sheet.phone) }))
    );
    after = page.next;
    total = page.total;
  } while (after && lines.length < PRINTED_MAX_COUNT);
  const neighbourhoods = ground.neighbourhoods.map(({ id, name }) => ({ value: id, label: name }));
  return {
    lines,
    total,
    words: askedInWords(filters.text, filtersInWords(filters, neighbourhoods)),
    printedOn: formatDate(locals.context.now, territory.timeZone),
    back: `/${territory.slug}/supports${url.search}`
  };
};
