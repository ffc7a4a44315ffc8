import { error } from '@sveltejs/kit';
import { mayShapeTerritory } from '@terreau/features/territories/territories.policy';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';

/** The territory that the reader may shape; a visitor signs in first, anybody else is told that there is nothing. */
export async function shapedTerritory(locals: App.Locals, slug: string, url: URL): Promise<Territory> {
  const territory = await territoryAt(locals, slug);
  mustBeSignedIn(locals, url);
  if (!mayShapeTerritory(locals.context.actor, territory.id)) error(404);
  return territory;
}
