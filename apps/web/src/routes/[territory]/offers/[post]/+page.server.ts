import { follow, postPage } from '#lib/server/directory/post-page.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent }) => {
  const { territory } = await parent();
  return postPage(locals, territory, 'offer', params.post);
};

export const actions: Actions = { default: follow };
