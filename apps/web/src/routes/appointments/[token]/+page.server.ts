import { fail, redirect } from '@sveltejs/kit';
import { answerByLink } from '@terreau/features/support/answer-by-link.command';
import { linkedAnswerSchema } from '@terreau/features/support/appointment.schema';
import { findByAnswerLink } from '@terreau/features/support/find-by-answer-link.query';
import { phoneInWords } from '#lib/server/directory/sheet-page.ts';
import { platform } from '#lib/server/platform.ts';
import {
  answerInWords,
  APPOINTMENT_STATE_WORDS,
  failAppointment,
  whereOf
} from '#lib/server/support/appointment-words.ts';
import { readTyped, typedIn } from '#lib/server/support/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent, and mail scanners that open links answer nothing. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, setHeaders, url }) => {
  // The address is the key: it must not travel to other sites, nor stay in caches.
  setHeaders({ 'cache-control': 'private, no-store' });
  const found = await findByAnswerLink(locals.context, params.token);
  return {
    linked: found && {
      territory: found.territory,
      startsAt: found.appointment.startsAt,
      minutes: found.appointment.minutes,
      where: whereOf(found.appointment),
      state: APPOINTMENT_STATE_WORDS[found.appointment.state](),
      answer: found.answer,
      said: found.answer && answerInWords(found.answer, null),
      mayAnswer: found.mayAnswer,
      phone: phoneInWords(found.contact?.phone ?? null)
    },
    isDone: url.searchParams.has('done')
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const values = await typedIn(request);
    const read = readTyped(linkedAnswerSchema, values);
    if (!read.ok) return read.answer;
    const { origin } = (await platform()).settings;
    const verdict = await answerByLink(locals.context, { token: params.token, ...read.fields, origin });
    if (verdict.ok) redirect(303, `${url.pathname}?done=1`);
    // The page says that the link is not known.
    if (verdict.code === 'link-unknown') return fail(404, { values, errors: {} });
    return failAppointment(verdict.code, values);
  }
};
