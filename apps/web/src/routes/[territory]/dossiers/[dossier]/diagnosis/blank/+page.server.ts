import { findDossier } from '@terreau/features/support/find-dossier.query';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const dossier = orNotFound(await findDossier(context, territory.id, event.params.dossier));
  const form = event.url.searchParams.get('form') === 'full' ? ('full' as const) : ('short' as const);
  return { dossier, form, grid: gridOf(form, context.language) };
};
