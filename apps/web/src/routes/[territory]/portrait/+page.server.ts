import { portrait } from '@terreau/features/territories/portrait.query';
import { figureTable } from '#lib/server/territories/portrait-page.ts';
import { portraitMap } from '#lib/server/territories/portrait-map.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent }) => {
  const { territory } = await parent();
  const known = await portrait(locals.context, territory.id);
  return {
    table: figureTable(known, territory.name),
    map: portraitMap(known, territory.name),
    areas: known.areas,
    directory: known.directory,
    readAt: locals.context.now
  };
};
