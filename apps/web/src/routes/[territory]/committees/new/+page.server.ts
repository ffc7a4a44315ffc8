import { error, redirect } from '@sveltejs/kit';
import { committeeSchema } from '@terreau/features/support/committee.schema';
import { openCommittee } from '@terreau/features/support/open-committee.command';
import { mayOpenCommittee } from '@terreau/features/support/support.policy';
import { localDate } from '@terreau/kernel/instants';
import { failCommittee } from '#lib/server/support/committee-words.ts';
import { readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  if (!mayOpenCommittee(context.actor, territory.id)) error(404);
  return { today: localDate(context.now, territory.timeZone) };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const { context } = event.locals;
    if (!mayOpenCommittee(context.actor, territory.id)) error(404);
    const values = await typedIn(event.request);
    const read = readTyped(committeeSchema, values);
    if (!read.ok) return read.answer;
    const verdict = await openCommittee(context, { territoryId: territory.id, fields: read.fields });
    if (verdict.ok) redirect(303, `/${territory.slug}/committees/${verdict.value}`);
    if (verdict.code === 'not-found') error(404);
    return failCommittee({ code: verdict.code, details: verdict.details }, values);
  }
};
