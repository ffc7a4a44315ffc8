import { error, fail, redirect } from '@sveltejs/kit';
import { appealDecision } from '@terreau/features/trust/appeal-decision.command';
import { findDecision } from '@terreau/features/trust/find-decision.query';
import { formatShortDate } from '#lib/formats.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { formText } from '#lib/server/trust/form-text.ts';
import { outcomeWord, reasonWord, refusalWord } from '#lib/server/trust/moderation-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  const request = { territoryId: territory.id, decisionId: params.decision };
  const decision = await findDecision(locals.context, request);
  if (!decision) error(404);
  return {
    decision: {
      ...decision,
      outcome: outcomeWord(decision.outcome),
      reason: reasonWord(decision.reason),
      on: formatShortDate(decision.decidedAt, territory.timeZone)
    },
    isSent: url.searchParams.has('sent')
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    mustBeSignedIn(locals, url);
    const territory = await territoryAt(locals, params.territory);
    const text = formText(await request.formData(), 'text');
    const appeal = { territoryId: territory.id, decisionId: params.decision, text };
    const verdict = await appealDecision(locals.context, appeal);
    if (verdict.ok) redirect(303, `${url.pathname}?sent`);
    if (verdict.code === 'not-found') error(404);
    return fail(422, { problem: refusalWord(verdict.code), text });
  }
};
