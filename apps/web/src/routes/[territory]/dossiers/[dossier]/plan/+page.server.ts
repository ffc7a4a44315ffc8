import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { moveDossierSchema } from '@terreau/features/support/dossier.schema';
import { findPlan, PLAN_MOVES } from '@terreau/features/support/find-plan.query';
import { moveDossier } from '@terreau/features/support/move-dossier.command';
import { prioritiesSchema } from '@terreau/features/support/plan.schema';
import { writePriorities } from '@terreau/features/support/write-priorities.command';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { planInWords } from '#lib/server/support/plan-page.ts';
import { failPlan } from '#lib/server/support/plan-words.ts';
import { failRefused } from '#lib/server/support/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const plan = orNotFound(await findPlan(event.locals.context, request));
  return {
    dossier: plan.head,
    plan: planInWords(plan, territory.timeZone),
    isSaved: event.url.searchParams.has('done')
  };
};

export const actions: Actions = {
  priorities: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(prioritiesSchema, values);
    if (!read.ok) return read.answer;
    const verdict = await writePriorities(event.locals.context, { ...place, fields: read.fields });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
    if (verdict.code === 'not-found') error(404);
    return failPlan({ code: verdict.code, details: verdict.details }, values);
  },
  // The plan is proposed and accepted by the accompaniment itself: these are its moves, and no others pass here.
  move: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(moveDossierSchema, values);
    if (!read.ok) return read.answer;
    if (!PLAN_MOVES.some((move) => move === read.fields.move)) error(404);
    const verdict = await moveDossier(event.locals.context, {
      ...place,
      fields: read.fields,
      origin: (await platform()).settings.origin
    });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  }
};

async function asked(event: RequestEvent<{ territory: string; dossier: string }>) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  return { place: { territoryId: territory.id, dossierId: event.params.dossier }, values };
}
