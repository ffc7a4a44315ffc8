import { fail, redirect } from '@sveltejs/kit';
import { listDuplicates } from '@terreau/features/directory/duplicates.query';
import { findDuplicates } from '@terreau/features/directory/find-duplicates.command';
import { undoMerge } from '@terreau/features/directory/undo-merge.command';
import { coordinatedTerritory } from '#lib/server/imports/coordination.ts';
import { alikeRefusalText, LIKENESS_TEXTS } from '#lib/server/imports/words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await coordinatedTerritory(locals, params.territory, url);
  const page = await listDuplicates(locals.context, territory.id, url.searchParams.get('after'));
  const done = url.searchParams.get('done');
  return {
    pairs: (page?.pairs ?? []).map((pair) => ({
      ...pair,
      reasons: pair.reasons.map((reason) => LIKENESS_TEXTS[reason]())
    })),
    total: page?.total ?? 0,
    next: page?.next ?? null,
    merges: page?.merges ?? [],
    first: Math.max(1, Math.trunc(Number(url.searchParams.get('from'))) || 1),
    done: done && ['merged', 'different', 'undone'].includes(done) ? done : null
  };
};

export const actions: Actions = {
  search: async ({ locals, params, url }) => {
    const territory = await coordinatedTerritory(locals, params.territory, url);
    const verdict = await findDuplicates(locals.context, territory.id);
    if (!verdict.ok) return fail(404, { error: alikeRefusalText(verdict.code) });
    return { searched: verdict.value };
  },
  undo: async ({ locals, params, request, url }) => {
    const territory = await coordinatedTerritory(locals, params.territory, url);
    const mergeId = String((await request.formData()).get('merge') ?? '');
    const verdict = await undoMerge(locals.context, { territoryId: territory.id, mergeId });
    if (!verdict.ok) return fail(409, { error: alikeRefusalText(verdict.code) });
    redirect(303, `/${territory.slug}/coordination/duplicates?done=undone`);
  }
};
