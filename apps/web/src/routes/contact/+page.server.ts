import { redirect } from '@sveltejs/kit';
import { doorOf } from '#lib/doors.ts';
import { operator } from '#lib/server/operator.ts';
import { listTerritories } from '#lib/server/territories.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
  const territories = await listTerritories(locals);
  const door = doorOf(url);
  if (territories.length === 1) redirect(303, `/${territories[0]!.slug}${door ? `/door/${door}` : '/contact'}`);
  return {
    door,
    operator: operator(),
    territories: territories.map(({ slug, name, line }) => ({ slug, name, line }))
  };
};
