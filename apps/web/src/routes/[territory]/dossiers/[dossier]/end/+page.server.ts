import { error, redirect } from '@sveltejs/kit';
import { decideStep } from '@terreau/features/support/decide-step.command';
import { INTERRUPTION_REASONS } from '@terreau/features/support/dossier-life.rules';
import { findDossier } from '@terreau/features/support/find-dossier.query';
import { decideStepSchema } from '@terreau/features/support/journey.schema';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused, optionsOf, REASON_WORDS } from '#lib/server/support/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const dossier = orNotFound(await findDossier(event.locals.context, territory.id, event.params.dossier));
  if (!dossier.moves.includes('interrupt')) error(404);
  return { dossier, reasons: optionsOf(REASON_WORDS, INTERRUPTION_REASONS) };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(decideStepSchema, { ...values, decision: 'stop' });
    if (!read.ok) return read.answer;
    const request = {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      fields: read.fields,
      origin: (await platform()).settings.origin
    };
    const verdict = await decideStep(event.locals.context, request);
    if (verdict.ok) redirect(303, `/${territory.slug}/dossiers/${event.params.dossier}?done=stopped`);
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  }
};
