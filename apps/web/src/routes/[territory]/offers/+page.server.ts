import { postListPage } from '#lib/server/directory/post-page.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  return { list: await postListPage(locals, territory, 'offer', url) };
};
