import { sketchOf } from '#lib/kit/sketch.ts';
import { outlinesOf } from '#lib/server/directory/ground.ts';
import { listEntries, readGround } from '#lib/server/directory/list-page.ts';
import { readFilters } from '#lib/server/directory/list-search.ts';
import type { PageServerLoad } from './$types';

const EMBEDDED_MAX_COUNT = 100;

/** The map and its list, to be framed by other sites: public data only, with the same filters as the directory. */
export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  const list = await listEntries(locals, territory, readFilters(url.searchParams), {
    after: null,
    limit: EMBEDDED_MAX_COUNT
  });
  const places = list.entries.flatMap(({ latitude, longitude }) =>
    latitude === null || longitude === null ? [] : [{ latitude, longitude }]
  );
  const query = new URLSearchParams(url.searchParams).toString();
  return {
    list,
    sketch: sketchOf(outlinesOf(await readGround(locals, territory), territory.name), places),
    all: `/${territory.slug}/organizations${query ? `?${query}` : ''}`
  };
};
