import { listExpertNeeds } from '@terreau/features/support/find-expert-need.query';
import { formatLocalDate } from '#lib/formats.ts';
import { expertStateInWords } from '#lib/server/support/expert-words.ts';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const { head, needs, mayWrite } = orNotFound(await listExpertNeeds(event.locals.context, request));
  return {
    dossier: head,
    mayWrite,
    needs: needs.map((need) => ({
      id: need.id,
      what: need.what,
      expert: need.expert,
      before: need.beforeOn && formatLocalDate(need.beforeOn),
      state: expertStateInWords(need.state)
    }))
  };
};
