import { readDirectoryPage } from '#lib/server/directory/directory-page.ts';
import type { PageServerLoad } from './$types';

/** The same list, beside a map that moves. */
export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  return readDirectoryPage(locals, territory, url);
};
