import { readSettings } from '@terreau/features/territories/read-settings.query';
import { humanContact } from '#lib/server/territories.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent }) => {
  const { territory } = await parent();
  const settings = await readSettings(locals.context, territory.id);
  return { contact: humanContact(settings.contact, locals.language) };
};
