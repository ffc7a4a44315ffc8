import { error, json } from '@sveltejs/kit';
import { findTerritory } from '@terreau/features/territories/find-territory.query';
import { outlinesOf } from '#lib/server/directory/ground.ts';
import { readGround } from '#lib/server/directory/list-page.ts';
import type { RequestHandler } from './$types';

/** The outlines under the map's points, as GeoJSON (RFC 7946, WGS84). */
export const GET: RequestHandler = async ({ locals, params }) => {
  const territory = await findTerritory(locals.context, params.territory);
  if (!territory) error(404);
  const outlines = outlinesOf(await readGround(locals, territory), territory.name);
  return json(outlines, {
    headers: { 'content-type': 'application/geo+json', 'cache-control': 'public, max-age=3600' }
  });
};
