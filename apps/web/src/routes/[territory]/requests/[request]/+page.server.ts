import { mayOpenDossier } from '@terreau/features/support/support.policy';
import { error, fail, redirect } from '@sveltejs/kit';
import { answerOffer } from '@terreau/features/orientation/answer-offer.command';
import { answerSurvey } from '@terreau/features/orientation/answer-survey.command';
import { findRequest } from '@terreau/features/orientation/find-request.query';
import { keepPromise } from '@terreau/features/orientation/keep-promise.command';
import { moveRequest, PLAIN_MOVES } from '@terreau/features/orientation/move-request.command';
import { promiseContact } from '@terreau/features/orientation/promise-contact.command';
import {
  ANSWER_REASONS,
  CLOSE_REASONS,
  DECLINE_REASONS,
  OFFER_ANSWERS,
  OFFER_REFUSAL_REASONS,
  PROMISE_OUTCOMES
} from '@terreau/features/orientation/request-life.rules';
import { PROMISE_KINDS } from '@terreau/features/orientation/promise.rules';
import { withdrawOffer } from '@terreau/features/orientation/withdraw-offer.command';
import { textIn, typedIn, type Typed } from '#lib/server/directory/forms.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import { requestInWords } from '#lib/server/requests/request-page.ts';
import {
  answerWords,
  closeWords,
  offerReasonWords,
  outcomeWords,
  promiseWords,
  requestRefusal,
  type RequestRefusal
} from '#lib/server/requests/words.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  const request = await findRequest(locals.context, { territoryId: territory.id, requestId: params.request });
  if (!request) error(404);
  const choices = (codes: readonly string[], words: (code: string) => string) =>
    codes.map((value) => ({ value, label: words(value) }));
  return {
    request: requestInWords(request, territory.timeZone),
    opensDossiers: mayOpenDossier(locals.context.actor, territory.id),
    moved: url.searchParams.get('done') !== null,
    choices: {
      answer: choices(ANSWER_REASONS, answerWords),
      close: choices(CLOSE_REASONS, closeWords),
      decline: choices(DECLINE_REASONS, closeWords),
      refusal: choices(OFFER_REFUSAL_REASONS, offerReasonWords),
      promise: choices(PROMISE_KINDS, promiseWords),
      outcome: choices(PROMISE_OUTCOMES, outcomeWords)
    }
  };
};

interface Asked {
  readonly territoryId: string;
  readonly requestId: string;
  readonly version: number | undefined;
  readonly origin: string;
}
type Answer = { ok: true } | { ok: false; code: RequestRefusal; details: Readonly<Record<string, string | number>> };

const UNKNOWN: Answer = { ok: false, code: 'gesture-unknown', details: {} };

/** Runs one gesture on the request of the address; refused, the page comes back with the reason and what was typed. */
const gesture =
  (work: (event: RequestEvent, asked: Asked, values: Typed) => Promise<Answer>) => async (event: RequestEvent) => {
    mustBeSignedIn(event.locals, event.url);
    const territory = await territoryAt(event.locals, event.params.territory);
    const values = typedIn(await event.request.formData());
    const { origin } = (await platform()).settings;
    const version = Number(textIn(values, 'version')) || undefined;
    const asked = { territoryId: territory.id, requestId: event.params.request, version, origin };
    const verdict = await work(event, asked, values);
    if (verdict.ok) redirect(303, `${event.url.pathname}?done`);
    if (verdict.code === 'not-found') error(404);
    const text = requestRefusal(verdict.code, verdict.details);
    return fail(verdict.code === 'moved-meanwhile' ? 409 : 422, { values, summary: [{ field: null, text }] });
  };

export const actions: Actions = {
  move: gesture(async ({ locals }, asked, values) => {
    const move = PLAIN_MOVES.find((one) => one === textIn(values, 'move'));
    if (!move) return UNKNOWN;
    return moveRequest(locals.context, {
      ...asked,
      move,
      reason: textIn(values, 'reason') || textIn(values, `reason-${move}`),
      note: textIn(values, 'note'),
      nextStep: textIn(values, 'nextStep'),
      assigneeId: textIn(values, 'assignee')
    });
  }),
  promise: gesture(({ locals }, asked, values) =>
    promiseContact(locals.context, {
      ...asked,
      kind: textIn(values, 'kind'),
      on: textIn(values, 'on'),
      note: textIn(values, 'note')
    })
  ),
  keep: gesture(({ locals }, asked, values) =>
    keepPromise(locals.context, {
      ...asked,
      contactId: textIn(values, 'contact'),
      outcome: textIn(values, 'outcome')
    })
  ),
  withdrawOffer: gesture(({ locals }, asked, values) =>
    withdrawOffer(locals.context, { ...asked, offerId: textIn(values, 'offer') })
  ),
  answerOffer: gesture(async ({ locals }, asked, values) => {
    const answer = OFFER_ANSWERS.find((one) => one === textIn(values, 'answer'));
    if (!answer) return UNKNOWN;
    const by = { ...asked, offerId: textIn(values, 'offer') };
    return answerOffer(locals.context, { by, answer, reason: textIn(values, 'reason'), origin: asked.origin });
  }),
  survey: gesture(({ locals }, asked, values) =>
    answerSurvey(locals.context, {
      by: asked,
      wasContacted: textIn(values, 'wasContacted'),
      wasUseful: textIn(values, 'wasUseful'),
      whatCame: textIn(values, 'whatCame')
    })
  )
};
