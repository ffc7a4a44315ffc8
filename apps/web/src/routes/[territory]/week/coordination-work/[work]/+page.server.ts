import { error, redirect } from '@sveltejs/kit';
import { coordinationWorkSchema } from '@terreau/features/support/coordination-work.schema';
import { correctCoordinationWork } from '@terreau/features/support/correct-coordination-work.command';
import { findCoordinationWork } from '@terreau/features/support/find-coordination-work.query';
import { removeCoordinationWork } from '@terreau/features/support/remove-coordination-work.command';
import { asTyped } from '#lib/server/directory/forms.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused } from '#lib/server/support/words.ts';
import { withMinutes, workChoices } from '#lib/server/support/work.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const found = await findCoordinationWork(event.locals.context, territory.id, event.params.work);
  const { today, neighbourhoods, ...work } = orNotFound(found);
  return { today, choices: workChoices(neighbourhoods), values: asTyped(work) };
};

export const actions: Actions = {
  correct: async (event) => {
    const territory = await signedInAt(event);
    const { context } = event.locals;
    const workId = event.params.work;
    orNotFound(await findCoordinationWork(context, territory.id, workId));
    const values = withMinutes(await typedIn(event.request));
    const read = readTyped(coordinationWorkSchema, values);
    if (!read.ok) return read.answer;
    const verdict = await correctCoordinationWork(context, { territoryId: territory.id, workId, fields: read.fields });
    if (verdict.ok) {
      const shown = new URLSearchParams({ month: read.fields.happenedOn!.slice(0, 7), done: 'saved' });
      redirect(303, `/${territory.slug}/week/coordination-work?${shown}`);
    }
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  },
  remove: async (event) => {
    const territory = await signedInAt(event);
    const request = { territoryId: territory.id, workId: event.params.work };
    const verdict = await removeCoordinationWork(event.locals.context, request);
    if (!verdict.ok) error(404);
    redirect(303, `/${territory.slug}/week/coordination-work?done=removed`);
  }
};
