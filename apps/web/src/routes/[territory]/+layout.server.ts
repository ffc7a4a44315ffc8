import { error } from '@sveltejs/kit';
import { findTerritory } from '@terreau/features/territories/find-territory.query';
import { isTerritorySlug } from '#lib/territory-slugs.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params }) => {
  const territory = isTerritorySlug(params.territory) ? await findTerritory(locals.context, params.territory) : null;
  if (!territory) error(404);
  return { territory };
};
