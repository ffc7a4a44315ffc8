import { error, redirect } from '@sveltejs/kit';
import { findJourney } from '@terreau/features/support/find-journey.query';
import { sayFacts } from '@terreau/features/support/say-facts.command';
import { textIn } from '#lib/server/directory/forms.ts';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { fieldOf, fieldsOf, saidIn, sourcesOf, stepAt } from '#lib/server/support/journey-page.ts';
import { failRefused, stepInWords } from '#lib/server/support/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const step = orNotFound(stepAt(event.params.step, context.language));
  const journey = orNotFound(
    await findJourney(context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      look: { kind: 'page', what: `journey-${step.step}` }
    })
  );
  return {
    dossier: journey.head,
    number: step.step,
    name: stepInWords(step.step),
    deliverable: step.deliverable,
    doing: step.doing,
    fields: fieldsOf(step, journey),
    sources: sourcesOf(step, journey),
    isAssisted: journey.head.role === 'facilitator',
    asksContact: step.step === 0,
    showsFigures: step.step === 1,
    writes: journey.mayWrite,
    newestFact: journey.newestFact
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const step = orNotFound(stepAt(event.params.step, 'fr'));
    const values = await typedIn(event.request);
    const said = saidIn(
      values,
      step.fields.map((field) => field.key)
    );
    const request = {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      said,
      seen: textIn(values, 'seen') || null
    };
    const verdict = await sayFacts(event.locals.context, request);
    if (verdict.ok) redirect(303, `/${territory.slug}/dossiers/${event.params.dossier}/journey?done=said`);
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values, fieldOf(verdict.details));
  }
};
