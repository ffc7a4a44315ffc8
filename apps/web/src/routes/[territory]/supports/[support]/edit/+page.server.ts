import { error } from '@sveltejs/kit';
import { findSupport } from '@terreau/features/orientation/find-support.query';
import { keptTerritory, supportChoices, typedSheet } from '#lib/server/catalogue/form.ts';
import { saveTyped } from '#lib/server/catalogue/save.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await keptTerritory(locals, params.territory, url);
  const sheet = await findSupport(locals.context, territory.id, params.support);
  if (!sheet || sheet.followed) error(404);
  return {
    id: sheet.id,
    title: sheet.title,
    values: typedSheet(sheet),
    choices: await supportChoices(locals, territory)
  };
};

export const actions: Actions = { default: (event) => saveTyped(event, event.params.support) };
