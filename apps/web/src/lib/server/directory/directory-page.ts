import { formatDistance } from '#lib/formats.ts';
import { sketchOf } from '#lib/kit/sketch.ts';
import { outlinesOf } from '#lib/server/directory/ground.ts';
import {
  askedInWords,
  filterChoices,
  filtersInWords,
  listEntries,
  readGround
} from '#lib/server/directory/list-page.ts';
import { isFiltered, RADIUS_CHOICES_KM, readFilters } from '#lib/server/directory/list-search.ts';

type Territory = Parameters<typeof readGround>[1];

export type DirectoryPage = Awaited<ReturnType<typeof readDirectoryPage>>;

/** What the list of the directory shows, alone or beside its map: the same entries at both addresses. */
export async function readDirectoryPage(locals: App.Locals, territory: Territory, url: URL) {
  const filters = readFilters(url.searchParams);
  const after = url.searchParams.get('after');
  const ground = await readGround(locals, territory);
  const list = await listEntries(locals, territory, filters, { after });
  const choices = filterChoices(ground, filters);
  const inWords = filtersInWords(filters, choices);
  const places = list.entries.flatMap(({ latitude, longitude }) =>
    latitude === null || longitude === null ? [] : [{ latitude, longitude }]
  );
  const first = Math.max(1, Math.trunc(Number(url.searchParams.get('from'))) || 1);
  return {
    list,
    first: after ? first : 1,
    pages: pagesOf(url, list.next, after ? first : 1, list.entries.length),
    sketch: sketchOf(outlinesOf(ground, territory.name), places),
    filters: {
      text: filters.text,
      theme: filters.theme,
      public: filters.public,
      kinds: filters.kinds,
      neighbourhoodId: filters.neighbourhoodId,
      priorityNeighbourhoodId: filters.priorityNeighbourhoodId,
      openNow: filters.openNow,
      near: filters.near ? `${filters.near.latitude},${filters.near.longitude}` : '',
      radius: String(filters.radiusKm)
    },
    filtersCount: inWords.length,
    askedInWords: askedInWords(filters.text, inWords),
    isFiltered: isFiltered(filters),
    choices: {
      ...choices,
      radii: RADIUS_CHOICES_KM.map((km) => ({ value: String(km), label: formatDistance(km * 1000) }))
    },
    query: withoutPage(url),
    listHref: `/${territory.slug}/organizations${sameSearch(url)}`,
    mapHref: `/${territory.slug}/organizations/map${sameSearch(url)}`
  };
}

/** The question and the page reached, without the choice of a language, which is remembered. */
function sameSearch(url: URL): string {
  const query = new URLSearchParams(url.searchParams);
  query.delete('lang');
  return query.size === 0 ? '' : `?${query}`;
}

/** The address of the next page, and of the first one from any other. */
function pagesOf(url: URL, next: string | null, first: number, shown: number) {
  const path = url.pathname;
  const base = withoutPage(url);
  const join = base === '' ? '?' : '&';
  return {
    next: next && `${path}${base}${join}after=${next}&from=${first + shown}`,
    start: first > 1 ? `${path}${base}` : null
  };
}

function withoutPage(url: URL): string {
  const query = new URLSearchParams(url.searchParams);
  for (const name of ['after', 'from', 'lang']) query.delete(name);
  for (const [name, value] of Array.from(query)) if (value === '') query.delete(name);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
