import { json } from '@sveltejs/kit';
import { nameOwnDossiers } from '@terreau/features/support/name-own-dossiers.query';
import { signedInAt } from '#lib/server/support/form.ts';
import type { RequestHandler } from './$types';

/** The names of one's dossiers, for the telephone to keep: `[{ id, title }]`. */
export const GET: RequestHandler = async (event) => {
  const territory = await signedInAt(event);
  const names = await nameOwnDossiers(event.locals.context, territory.id);
  return json(names, { headers: { 'cache-control': 'no-store' } });
};
