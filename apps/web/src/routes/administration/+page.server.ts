import { listTerritories } from '@terreau/features/territories/list-territories.query';
import { houseState, mustAdminister } from '#lib/server/administration.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
  mustAdminister(locals, url);
  return { territories: await listTerritories(locals.context), house_state: await houseState() };
};
