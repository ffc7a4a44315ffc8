import { error, redirect } from '@sveltejs/kit';
import { isDiagnosisDue } from '@terreau/features/support/check-up.rules';
import { listDiagnoses } from '@terreau/features/support/find-diagnosis.query';
import { mayStartDiagnosis } from '@terreau/features/support/support.policy';
import { startDiagnosis } from '@terreau/features/support/start-diagnosis.command';
import { orNotFound, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failRefused, roundInWords } from '#lib/server/support/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const request = { territoryId: territory.id, dossierId: event.params.dossier };
  const found = orNotFound(await listDiagnoses(event.locals.context, request));
  const { head, rounds } = found;
  const last = rounds.at(-1) ?? null;
  const mayStart = head.isActive && mayStartDiagnosis(head.role) && rounds.every((round) => round.isSigned);
  return {
    dossier: head,
    rounds: rounds.map((round) => ({ ...round, name: roundInWords(round.round) })),
    mayStart,
    isDue: mayStart && isDiagnosisDue(last?.openedAt ?? null, event.locals.context.now),
    // The same items again are what arrows are drawn between.
    form: last?.form ?? 'short',
    forms: [
      { value: 'short', label: m.support_diagnosis_form_short() },
      { value: 'full', label: m.support_diagnosis_form_full() }
    ]
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const form = values['form'] === 'full' ? ('full' as const) : ('short' as const);
    const request = { territoryId: territory.id, dossierId: event.params.dossier, form };
    const verdict = await startDiagnosis(event.locals.context, request);
    if (verdict.ok) redirect(303, `${event.url.pathname}/${verdict.value}`);
    if (verdict.code === 'not-found') error(404);
    return failRefused({ code: verdict.code, details: verdict.details }, values);
  }
};
