import { error, redirect } from '@sveltejs/kit';
import { findAction } from '@terreau/features/support/find-action.query';
import { actionSchema } from '@terreau/features/support/plan.schema';
import { saveAction } from '@terreau/features/support/save-action.command';
import { textIn } from '#lib/server/directory/forms.ts';
import { actionChoices, actionInWords, actionValues } from '#lib/server/support/action-form.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failPlan } from '#lib/server/support/plan-words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const form = orNotFound(await findAction(event.locals.context, request, event.params.action));
  const action = orNotFound(form.action);
  return {
    dossier: form.head,
    choices: actionChoices(form),
    values: actionValues(action),
    version: action.version,
    stored: actionInWords(form, action),
    updatedBy: action.updatedBy
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(actionSchema, values);
    if (!read.ok) return read.answer;
    const { dossier, action: id } = event.params;
    const action = { id, version: Number(textIn(values, 'version')) };
    const request = { territoryId: territory.id, dossierId: dossier, fields: read.fields, action };
    const verdict = await saveAction(event.locals.context, request);
    if (verdict.ok) redirect(303, `/${territory.slug}/dossiers/${dossier}/plan/actions/${id}?done`);
    if (verdict.code === 'not-found') error(404);
    return failPlan({ code: verdict.code, details: verdict.details }, values);
  }
};
