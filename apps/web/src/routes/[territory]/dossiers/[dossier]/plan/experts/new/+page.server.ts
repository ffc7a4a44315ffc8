import { error, redirect } from '@sveltejs/kit';
import { expertNeedSchema } from '@terreau/features/support/expert.schema';
import { listExpertNeeds } from '@terreau/features/support/find-expert-need.query';
import { writeExpertNeed } from '@terreau/features/support/write-expert-need.command';
import { failExpert } from '#lib/server/support/expert-words.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const { head, actions } = orNotFound(await listExpertNeeds(event.locals.context, request));
  return { dossier: head, actions: actions.map(({ id, what }) => ({ value: id, label: what })) };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(expertNeedSchema, values);
    if (!read.ok) return read.answer;
    const request = { territoryId: territory.id, dossierId: event.params.dossier, fields: read.fields };
    const verdict = await writeExpertNeed(event.locals.context, request);
    if (verdict.ok) {
      redirect(303, `/${territory.slug}/dossiers/${event.params.dossier}/plan/experts/${verdict.value}?done`);
    }
    if (verdict.code === 'not-found') error(404);
    return failExpert({ code: verdict.code, details: verdict.details }, values);
  }
};
