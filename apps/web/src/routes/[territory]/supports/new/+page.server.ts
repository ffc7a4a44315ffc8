import { SUPPORT_KINDS } from '@terreau/features/orientation/support.schema';
import { keptTerritory, supportChoices } from '#lib/server/catalogue/form.ts';
import { saveTyped } from '#lib/server/catalogue/save.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await keptTerritory(locals, params.territory, url);
  const asked = url.searchParams.get('kind');
  return {
    kind: SUPPORT_KINDS.find((kind) => kind === asked) ?? null,
    choices: await supportChoices(locals, territory)
  };
};

export const actions: Actions = { default: (event) => saveTyped(event, null) };
