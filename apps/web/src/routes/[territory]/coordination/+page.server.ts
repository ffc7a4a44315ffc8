import { error } from '@sveltejs/kit';
import { coordinationDesk } from '@terreau/features/territories/coordination-desk.query';
import { mayShapeTerritory } from '@terreau/features/territories/territories.policy';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await territoryAt(locals, params.territory);
  mustBeSignedIn(locals, url);
  const { context } = locals;
  const desk = await coordinationDesk(context, territory.id);
  if (!desk) error(404);
  return {
    desk,
    mayShape: mayShapeTerritory(context.actor, territory.id),
    isFragile: context.engine.kind === 'embedded',
    now: context.now
  };
};
