import { error } from '@sveltejs/kit';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import { mayAnswerForPerson } from '@terreau/features/trust/trust.policy';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';

/** The territory whose people the reader may answer about their own data; anybody else is told that there is nothing. */
export async function answeringTerritory(locals: App.Locals, slug: string, url: URL): Promise<Territory> {
  const territory = await territoryAt(locals, slug);
  mustBeSignedIn(locals, url);
  if (!mayAnswerForPerson(locals.context.actor, territory.id)) error(404);
  return territory;
}
