import { error, redirect } from '@sveltejs/kit';
import { answerAppointment } from '@terreau/features/support/answer-appointment.command';
import { appointmentAnswerSchema } from '@terreau/features/support/appointment.schema';
import { findAppointmentAnswers } from '@terreau/features/support/find-appointment-answers.query';
import { formatShortDate } from '#lib/formats.ts';
import { platform } from '#lib/server/platform.ts';
import { answerInWords, failAppointment, whereOf } from '#lib/server/support/appointment-words.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { dossier, appointment } = event.params;
  const request = { territoryId: territory.id, dossierId: dossier, appointmentId: appointment };
  const found = orNotFound(await findAppointmentAnswers(event.locals.context, request));
  return {
    dossier: found.head,
    isDone: event.url.searchParams.has('done'),
    startsAt: found.appointment.startsAt,
    minutes: found.appointment.minutes,
    where: whereOf(found.appointment),
    people: found.people.map(({ memberId, name, answer, answeredAt, answeredThrough, mayAnswer }) => ({
      memberId,
      name,
      answer,
      mayAnswer,
      words: answerInWords(answer, answeredThrough),
      on: answeredAt && formatShortDate(answeredAt, territory.timeZone)
    }))
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(appointmentAnswerSchema, values);
    if (!read.ok) return read.answer;
    const { dossier, appointment } = event.params;
    const verdict = await answerAppointment(event.locals.context, {
      territoryId: territory.id,
      dossierId: dossier,
      appointmentId: appointment,
      fields: read.fields,
      origin: (await platform()).settings.origin
    });
    if (verdict.ok) redirect(303, `${event.url.pathname}?done=1`);
    if (verdict.code === 'not-found') error(404);
    return failAppointment(verdict.code, values);
  }
};
