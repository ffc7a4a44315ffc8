import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { answerIntroduction } from '@terreau/features/support/answer-introduction.command';
import { decideE3 } from '@terreau/features/support/decide-e3.command';
import { describeDossier } from '@terreau/features/support/describe-dossier.command';
import { dismissIntroduction } from '@terreau/features/support/dismiss-introduction.command';
import { findMeetingsOf } from '@terreau/features/support/find-meetings.query';
import { holdIntroduction } from '@terreau/features/support/hold-introduction.command';
import {
  answerIntroductionSchema,
  decideE3Schema,
  describeDossierSchema,
  dismissIntroductionSchema,
  metSchema,
  outcomeSchema,
  proposeIntroductionSchema
} from '@terreau/features/support/introduction.schema';
import { proposeIntroduction } from '@terreau/features/support/propose-introduction.command';
import { tellOutcome } from '@terreau/features/support/tell-outcome.command';
import { withdrawIntroduction } from '@terreau/features/support/withdraw-introduction.command';
import { textIn, type Typed } from '#lib/server/directory/forms.ts';
import { platform } from '#lib/server/platform.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import {
  decisionInWords,
  decisionOptions,
  describeForm,
  dismissalOptions,
  failMeeting,
  introductionInWords,
  outcomeOptions,
  suggestionInWords
} from '#lib/server/support/meetings.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { id: territoryId, slug, timeZone } = await signedInAt(event);
  const { context } = event.locals;
  const found = orNotFound(await findMeetingsOf(context, { territoryId, dossierId: event.params.dossier }));
  const { head, forFacilitator, introductions, decision } = found;
  const acts = head.isActive && (head.role === 'carrier' || head.role === 'member' || head.role === 'facilitator');
  return {
    dossier: head,
    acts,
    accompanies: forFacilitator !== null,
    suggestions: forFacilitator?.suggestions.map((suggestion) => suggestionInWords(suggestion, slug)) ?? [],
    describe: forFacilitator && describeForm(forFacilitator.described),
    introductions: introductions.map((one) => introductionInWords(one, slug, timeZone)),
    decision: decision && decisionInWords(decision),
    dismissals: dismissalOptions(),
    outcomes: outcomeOptions(),
    decisions: decisionOptions(),
    done: event.url.searchParams.get('done')
  };
};

type Event = RequestEvent<{ territory: string; dossier: string }>;

export const actions: Actions = {
  describe: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(describeDossierSchema, values);
    if (!read.ok) return read.answer;
    return answer(
      event,
      await describeDossier(event.locals.context, { ...place, fields: read.fields }),
      values,
      'described'
    );
  },
  propose: async (event) => {
    const { place, values, origin } = await asked(event);
    const read = readTyped(proposeIntroductionSchema, values);
    if (!read.ok) return read.answer;
    const verdict = await proposeIntroduction(event.locals.context, { ...place, ...read.fields, origin });
    return answer(event, verdict, values, 'proposed');
  },
  dismiss: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(dismissIntroductionSchema, values);
    if (!read.ok) return read.answer;
    return answer(
      event,
      await dismissIntroduction(event.locals.context, { ...place, ...read.fields }),
      values,
      'dismissed'
    );
  },
  answer: async (event) => {
    const { place, values, origin } = await asked(event);
    const read = readTyped(answerIntroductionSchema, values);
    if (!read.ok) return read.answer;
    const { introduction, answer: given, side, agreedAloud } = read.fields;
    const by = { ...place, introductionId: introduction, side, agreedAloud };
    const verdict = await answerIntroduction(event.locals.context, { by, answer: given, origin });
    return answer(event, verdict, values, verdict.ok && verdict.value === 'agreed' ? 'agreed' : 'answered');
  },
  met: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(metSchema, values);
    if (!read.ok) return read.answer;
    const request = { ...place, introductionId: read.fields.introduction, metOn: read.fields.metOn };
    return answer(event, await holdIntroduction(event.locals.context, request), values, 'held');
  },
  outcome: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(outcomeSchema, values);
    if (!read.ok) return read.answer;
    const by = { ...place, introductionId: read.fields.introduction ?? '' };
    return answer(event, await tellOutcome(event.locals.context, { by, ...read.fields }), values, 'outcome');
  },
  withdraw: async (event) => {
    const { place, values, origin } = await asked(event);
    const request = { ...place, introductionId: textIn(values, 'introduction'), origin };
    return answer(event, await withdrawIntroduction(event.locals.context, request), values, 'withdrawn');
  },
  decide: async (event) => {
    const { place, values } = await asked(event);
    const read = readTyped(decideE3Schema, values);
    if (!read.ok) return read.answer;
    const request = { ...place, decision: read.fields.decision, introductionId: read.fields.introduction };
    return answer(event, await decideE3(event.locals.context, request), values, 'decided');
  }
};

async function asked(event: Event) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  const place = { territoryId: territory.id, dossierId: event.params.dossier };
  return { place, values, origin: (await platform()).settings.origin };
}

type Answered =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: 'not-found'; readonly details: Parameters<typeof failMeeting>[0]['details'] }
  | ({ readonly ok: false } & Parameters<typeof failMeeting>[0]);

function answer(event: Event, verdict: Answered, values: Typed, done: string) {
  if (verdict.ok) redirect(303, `${event.url.pathname}?done=${done}`);
  if (verdict.code === 'not-found') error(404);
  return failMeeting({ code: verdict.code, details: verdict.details }, values);
}
