import { error, redirect } from '@sveltejs/kit';
import { commentAction } from '@terreau/features/support/comment-action.command';
import { findAction } from '@terreau/features/support/find-action.query';
import { commentSchema } from '@terreau/features/support/plan.schema';
import { actionPage } from '#lib/server/support/action-form.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failPlan } from '#lib/server/support/plan-words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const form = orNotFound(await findAction(event.locals.context, request, event.params.action));
  return {
    dossier: form.head,
    action: actionPage(form, orNotFound(form.action)),
    mayWrite: form.mayWrite,
    mayComment: form.mayComment,
    isSaved: event.url.searchParams.has('done')
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(commentSchema, values);
    if (!read.ok) return read.answer;
    const { dossier, action } = event.params;
    const request = { territoryId: territory.id, dossierId: dossier, actionId: action, fields: read.fields };
    const verdict = await commentAction(event.locals.context, request);
    if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
    if (verdict.code === 'not-found') error(404);
    return failPlan({ code: verdict.code, details: verdict.details }, values);
  }
};
