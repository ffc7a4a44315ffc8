import { readSettings } from '@terreau/features/territories/read-settings.query';
import { doorOf } from '#lib/doors.ts';
import { humanContact } from '#lib/server/territories.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  const settings = await readSettings(locals.context, territory.id);
  return { door: doorOf(url), contact: humanContact(settings.contact, locals.language) };
};
