import { error, fail, redirect } from '@sveltejs/kit';
import { compareDuplicate } from '@terreau/features/directory/duplicates.query';
import { markDifferent } from '@terreau/features/directory/mark-different.command';
import { mergeOrganizations } from '@terreau/features/directory/merge-organizations.command';
import { coordinatedTerritory } from '#lib/server/imports/coordination.ts';
import { choicesIn, shownPair } from '#lib/server/imports/pair-page.ts';
import { alikeRefusalText } from '#lib/server/imports/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await coordinatedTerritory(locals, params.territory, url);
  const pair = await compareDuplicate(locals.context, territory.id, params.pair);
  if (!pair) error(404);
  return { pair: shownPair(pair, territory.timeZone) };
};

export const actions: Actions = {
  merge: async ({ locals, params, request, url }) => {
    const territory = await coordinatedTerritory(locals, params.territory, url);
    const pair = await compareDuplicate(locals.context, territory.id, params.pair);
    if (!pair) error(404);
    const form = await request.formData();
    const kept = form.get('kept');
    if (kept !== 'first' && kept !== 'second') return fail(422, { error: alikeRefusalText('kept-missing') });
    const [keptId, absorbedId] = kept === 'first' ? [pair.first.id, pair.second.id] : [pair.second.id, pair.first.id];
    const merge = { territoryId: territory.id, keptId, absorbedId, choices: choicesIn(form, kept) };
    const verdict = await mergeOrganizations(locals.context, merge);
    if (!verdict.ok) return fail(409, { error: alikeRefusalText(verdict.code) });
    redirect(303, `/${territory.slug}/coordination/duplicates?done=merged`);
  },
  different: async ({ locals, params, url }) => {
    const territory = await coordinatedTerritory(locals, params.territory, url);
    const verdict = await markDifferent(locals.context, { territoryId: territory.id, pairId: params.pair });
    if (!verdict.ok && verdict.code === 'not-found') error(404);
    redirect(303, `/${territory.slug}/coordination/duplicates?done=different`);
  }
};
