import { readDirectoryPage } from '#lib/server/directory/directory-page.ts';
import type { PageServerLoad } from './$types';

// The list needs no script; the map that moves has an address of its own.
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  return readDirectoryPage(locals, territory, url);
};
