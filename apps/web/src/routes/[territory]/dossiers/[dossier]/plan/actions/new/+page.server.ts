import { error, redirect } from '@sveltejs/kit';
import { findAction } from '@terreau/features/support/find-action.query';
import { actionSchema } from '@terreau/features/support/plan.schema';
import { saveAction } from '@terreau/features/support/save-action.command';
import { actionChoices } from '#lib/server/support/action-form.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failPlan } from '#lib/server/support/plan-words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const form = orNotFound(await findAction(event.locals.context, request, null));
  return { dossier: form.head, choices: actionChoices(form) };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(actionSchema, values);
    if (!read.ok) return read.answer;
    const request = { territoryId: territory.id, dossierId: event.params.dossier, fields: read.fields, action: null };
    const verdict = await saveAction(event.locals.context, request);
    if (verdict.ok) redirect(303, `/${territory.slug}/dossiers/${event.params.dossier}/plan?done`);
    if (verdict.code === 'not-found') error(404);
    return failPlan({ code: verdict.code, details: verdict.details }, values);
  }
};
