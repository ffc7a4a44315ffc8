import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { answerIntroduction } from '@terreau/features/support/answer-introduction.command';
import { listInvitations } from '@terreau/features/support/find-invitation.query';
import { answerIntroductionSchema, outcomeSchema } from '@terreau/features/support/introduction.schema';
import { tellOutcome } from '@terreau/features/support/tell-outcome.command';
import { platform } from '#lib/server/platform.ts';
import { readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failMeeting, invitationInWords, outcomeOptions } from '#lib/server/support/meetings.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { id, timeZone } = await signedInAt(event);
  const invitations = await listInvitations(event.locals.context, id);
  return {
    invitations: invitations.map((invitation) => invitationInWords(invitation, timeZone)),
    outcomes: outcomeOptions(),
    done: event.url.searchParams.get('done')
  };
};

export const actions: Actions = {
  answer: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(answerIntroductionSchema, values);
    if (!read.ok) return read.answer;
    const by = { territoryId: territory.id, introductionId: read.fields.introduction };
    const { origin } = (await platform()).settings;
    const verdict = await answerIntroduction(event.locals.context, { by, answer: read.fields.answer, origin });
    if (verdict.ok) return done(event, verdict.value === 'agreed' ? 'agreed' : 'answered');
    if (verdict.code === 'not-found') error(404);
    return failMeeting({ code: verdict.code, details: verdict.details }, values);
  },
  outcome: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(outcomeSchema, values);
    if (!read.ok) return read.answer;
    const by = { territoryId: territory.id, introductionId: read.fields.introduction ?? '' };
    const verdict = await tellOutcome(event.locals.context, { by, outcome: read.fields.outcome, note: null });
    if (verdict.ok) return done(event, 'outcome');
    if (verdict.code === 'not-found') error(404);
    return failMeeting({ code: verdict.code, details: verdict.details }, values);
  }
};

function done(event: RequestEvent, what: string): never {
  redirect(303, `${event.url.pathname}?done=${what}`);
}
