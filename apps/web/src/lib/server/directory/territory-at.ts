import { error, redirect } from '@sveltejs/kit';
import { findTerritory, type Territory } from '@terreau/features/territories/find-territory.query';

/** The territory of an action or an endpoint, which have no layout above them; "not found" when there is none. */
export async function territoryAt(locals: App.Locals, slug: string): Promise<Territory> {
  const territory = await findTerritory(locals.context, slug);
  if (!territory) error(404);
  return territory;
}

/** Sends a visitor to the sign-in page, and back here afterwards. */
export function mustBeSignedIn(locals: App.Locals, url: URL): void {
  if (!locals.account) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
}
