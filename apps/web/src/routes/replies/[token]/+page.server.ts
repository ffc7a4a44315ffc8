import { fail, redirect } from '@sveltejs/kit';
import { answerOffer } from '@terreau/features/orientation/answer-offer.command';
import { findReply } from '@terreau/features/orientation/find-reply.query';
import { renewReplyLink } from '@terreau/features/orientation/renew-reply-link.command';
import { OFFER_ANSWERS, OFFER_REFUSAL_REASONS } from '@terreau/features/orientation/request-life.rules';
import { formatShortDate } from '#lib/formats.ts';
import { textIn, typedIn } from '#lib/server/directory/forms.ts';
import { platform } from '#lib/server/platform.ts';
import { lineInWords } from '#lib/server/requests/request-page.ts';
import { offerReasonWords, requestRefusal } from '#lib/server/requests/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent, and mail scanners that open links answer nothing. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
  // The address is the key: it must not travel to other sites, nor stay in caches.
  setHeaders({ 'cache-control': 'private, no-store' });
  const reply = await findReply(locals.context, params.token);
  return {
    said: url.searchParams.get('said'),
    reply: reply && {
      ...reply,
      until: formatShortDate(reply.expiresAt, reply.timeZone),
      lines: reply.lines.map(lineInWords)
    },
    reasons: OFFER_REFUSAL_REASONS.map((value) => ({ value, label: offerReasonWords(value) }))
  };
};

export const actions: Actions = {
  answer: async ({ locals, params, request, url }) => {
    const values = typedIn(await request.formData());
    const answer = OFFER_ANSWERS.find((one) => one === textIn(values, 'answer'));
    if (!answer) return fail(422, { values, renewed: false, summary: [] });
    const verdict = await answerOffer(locals.context, {
      by: { token: params.token },
      answer,
      reason: textIn(values, 'reason'),
      note: textIn(values, 'note'),
      origin: (await platform()).settings.origin
    });
    if (verdict.ok && verdict.value.nextToken) redirect(303, `/replies/${verdict.value.nextToken}?said=accept`);
    if (verdict.ok) redirect(303, `${url.pathname}?said=${answer}`);
    const text = requestRefusal(verdict.code, verdict.details);
    const field = verdict.code === 'reason-missing' ? 'reason' : null;
    return fail(422, { values, renewed: false, summary: [{ field, text }] });
  },
  renew: async ({ locals, params }) => {
    const { origin } = (await platform()).settings;
    const verdict = await renewReplyLink(locals.context, { token: params.token, origin });
    if (verdict.ok) return { values: {}, renewed: true, summary: [] };
    const text = requestRefusal(verdict.code, verdict.details);
    return fail(409, { values: {}, renewed: false, summary: [{ field: null, text }] });
  }
};
