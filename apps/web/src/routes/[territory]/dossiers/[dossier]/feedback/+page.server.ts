import { redirect } from '@sveltejs/kit';
import { FEEDBACK_ANSWERS } from '@terreau/features/support/check-up.rules';
import { feedbackSchema } from '@terreau/features/support/case.schema';
import { findFeedback } from '@terreau/features/support/find-feedback.query';
import { giveFeedback } from '@terreau/features/support/give-feedback.command';
import { formatShortDate } from '#lib/formats.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { failMemory, FEEDBACK_ANSWER_WORDS, MOMENT_WORDS } from '#lib/server/support/memory.ts';
import { optionsOf } from '#lib/server/support/words.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const found = orNotFound(await findFeedback(event.locals.context, territory.id, event.params.dossier));
  return {
    dossier: found.head,
    moment: found.moment && MOMENT_WORDS[found.moment](),
    isCheckUp: found.moment === '12' || found.moment === '24',
    mayAnswer: found.head.isActive && !['observer', 'expert'].includes(found.head.role),
    isTypedFor: found.head.role === 'facilitator',
    answers: optionsOf(FEEDBACK_ANSWER_WORDS, FEEDBACK_ANSWERS),
    given: found.given.map((given) => ({
      moment: MOMENT_WORDS[given.moment](),
      on: formatShortDate(given.at, territory.timeZone),
      how: given.channel === 'page' ? m.support_memory_feedback_page() : m.support_memory_feedback_spoken(),
      lines: [
        [m.support_memory_q_useful(), given.useful] as const,
        [m.support_memory_q_holds(), given.holds] as const,
        [m.support_memory_q_again(), given.again] as const
      ].map(([question, answer]) => ({ question, answer: FEEDBACK_ANSWER_WORDS[answer]() })),
      words: given.words
    })),
    done: event.url.searchParams.get('done') !== null
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(feedbackSchema, values);
    if (!read.ok) return read.answer;
    const request = { territoryId: territory.id, dossierId: event.params.dossier, fields: read.fields };
    const verdict = await giveFeedback(event.locals.context, request);
    if (!verdict.ok) return failMemory({ code: verdict.code, details: verdict.details }, values);
    redirect(303, `${event.url.pathname}?done`);
  }
};
