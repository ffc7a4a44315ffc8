import { findSharedCase } from '@terreau/features/support/search-cases.query';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import { caseInWords } from '#lib/server/support/memory.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const found = orNotFound(await findSharedCase(event.locals.context, territory.id, event.params.experience));
  return { case: caseInWords(found) };
};
