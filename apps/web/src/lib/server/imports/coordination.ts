import { error } from '@sveltejs/kit';
import { mayImport } from '@terreau/features/directory/import.policy';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';

/** The territory whose coordination the reader is; a visitor signs in first, anybody else is told that there is nothing. */
export async function coordinatedTerritory(locals: App.Locals, slug: string, url: URL): Promise<Territory> {
  const territory = await territoryAt(locals, slug);
  mustBeSignedIn(locals, url);
  if (!mayImport(locals.context.actor, territory.id)) error(404);
  return territory;
}
