import { error } from '@sveltejs/kit';
import { findOrganization, type OrganizationSheet } from '@terreau/features/directory/find-organization.query';
import type { Id } from '@terreau/kernel/ids';
import { mustBeSignedIn } from './territory-at.ts';

/** The sheet, for somebody who may edit it; a visitor is sent to sign in, anybody else finds nothing. */
export async function ownSheet(locals: App.Locals, territoryId: Id, id: Id, url: URL): Promise<OrganizationSheet> {
  mustBeSignedIn(locals, url);
  const found = await findOrganization(locals.context, territoryId, id);
  if (found?.kind !== 'sheet' || !found.sheet.mayEdit) error(404);
  return found.sheet;
}

/** The same for the territory's team. */
export async function moderatedSheet(
  locals: App.Locals,
  territoryId: Id,
  id: Id,
  url: URL
): Promise<OrganizationSheet> {
  const sheet = await ownSheet(locals, territoryId, id, url);
  if (!sheet.mayModerate) error(404);
  return sheet;
}
