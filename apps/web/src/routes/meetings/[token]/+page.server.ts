import { fail, redirect } from '@sveltejs/kit';
import { answerIntroduction } from '@terreau/features/support/answer-introduction.command';
import { findInvitation } from '@terreau/features/support/find-invitation.query';
import { outcomeSchema } from '@terreau/features/support/introduction.schema';
import { renewMeetingLink } from '@terreau/features/support/renew-meeting-link.command';
import { tellOutcome } from '@terreau/features/support/tell-outcome.command';
import * as v from 'valibot';
import { textIn, typedIn } from '#lib/server/directory/forms.ts';
import { platform } from '#lib/server/platform.ts';
import { failMeeting, invitationInWords, outcomeOptions } from '#lib/server/support/meetings.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent, and mail scanners that open links answer nothing. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
  // The address is the key: it must not travel to other sites, nor stay in caches.
  setHeaders({ 'cache-control': 'private, no-store' });
  const found = await findInvitation(locals.context, params.token);
  return {
    linked: found && {
      territory: found.territory,
      isLive: found.isLive,
      invitation: found.invitation && invitationInWords(found.invitation, found.timeZone)
    },
    outcomes: outcomeOptions(),
    done: url.searchParams.get('done')
  };
};

export const actions: Actions = {
  answer: async ({ locals, params, request, url }) => {
    const values = typedIn(await request.formData());
    const given = textIn(values, 'answer');
    if (given !== 'yes' && given !== 'no') return fail(422, { values, errors: {} });
    const { origin } = (await platform()).settings;
    const verdict = await answerIntroduction(locals.context, { by: { token: params.token }, answer: given, origin });
    if (verdict.ok) redirect(303, `${url.pathname}?done=${given}`);
    const code = verdict.code === 'not-found' ? 'link-unknown' : verdict.code;
    return failMeeting({ code, details: verdict.details }, values);
  },
  outcome: async ({ locals, params, request, url }) => {
    const values = typedIn(await request.formData());
    const read = v.safeParse(outcomeSchema, values);
    if (!read.success) return fail(422, { values, errors: {} });
    const by = { token: params.token };
    const verdict = await tellOutcome(locals.context, { by, outcome: read.output.outcome, note: null });
    if (verdict.ok) redirect(303, `${url.pathname}?done=outcome`);
    const code = verdict.code === 'not-found' ? 'link-unknown' : verdict.code;
    return failMeeting({ code, details: verdict.details }, values);
  },
  renew: async ({ locals, params, url }) => {
    const { origin } = (await platform()).settings;
    const verdict = await renewMeetingLink(locals.context, { token: params.token, origin });
    if (verdict.ok) redirect(303, `${url.pathname}?done=renewed`);
    return failMeeting({ code: verdict.code, details: verdict.details }, {});
  }
};
