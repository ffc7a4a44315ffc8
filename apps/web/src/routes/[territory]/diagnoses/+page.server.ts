import { error, fail, redirect } from '@sveltejs/kit';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import { listDiagnosisCounts } from '@terreau/features/support/list-diagnosis-counts.query';
import { releaseDiagnosisCounts } from '@terreau/features/support/release-diagnosis-counts.command';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const { releases, isReady } = orNotFound(await listDiagnosisCounts(context, territory.id));
  const titles = new Map(gridOf('full', context.language).map(({ code, title }) => [code, title]));
  return {
    isReady,
    releases: releases.map((release) => ({
      ...release,
      dimensions: release.dimensions.map((row) => ({ ...row, title: titles.get(row.code) ?? row.code }))
    }))
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const verdict = await releaseDiagnosisCounts(event.locals.context, territory.id);
    if (verdict.ok) redirect(303, event.url.pathname);
    if (verdict.code === 'not-found') error(404);
    return fail(409, { problem: m.support_consents_counts_too_few() });
  }
};
