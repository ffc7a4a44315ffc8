import { keepsCatalogue } from '@terreau/features/orientation/support.policy';
import { readSupportList } from '#lib/server/catalogue/list-page.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  return {
    list: await readSupportList(locals, territory, url),
    isKeeper: keepsCatalogue(locals.context.actor, territory.id)
  };
};
