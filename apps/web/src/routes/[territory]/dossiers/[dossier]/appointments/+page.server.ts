import { error, redirect } from '@sveltejs/kit';
import { APPOINTMENT_ANSWERS } from '@terreau/features/support/appointment-answer.rules';
import { appointmentMoveSchema } from '@terreau/features/support/appointment.schema';
import { listAppointments, type ListedAppointment } from '@terreau/features/support/list-appointments.query';
import { moveAppointment } from '@terreau/features/support/move-appointment.command';
import { platform } from '#lib/server/platform.ts';
import {
  APPOINTMENT_MOVE_WORDS,
  APPOINTMENT_STATE_WORDS,
  ANSWER_WORDS,
  failAppointment,
  whereOf
} from '#lib/server/support/appointment-words.ts';
import { orNotFound, readTyped, signedInAt, typedIn } from '#lib/server/support/form.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const after = event.url.searchParams.get('after') ?? undefined;
  const request = { territoryId: territory.id, dossierId: event.params.dossier, after };
  const page = orNotFound(await listAppointments(event.locals.context, request));
  const open = page.open.map(inWords);
  return {
    dossier: page.head,
    mayPlan: page.mayPlan,
    toCome: open.filter(({ isToSettle }) => !isToSettle),
    toSettle: open.filter(({ isToSettle }) => isToSettle),
    past: page.past.map(inWords),
    next: page.next,
    done: event.url.searchParams.get('done')
  };
};

export const actions: Actions = {
  default: async (event) => {
    const territory = await signedInAt(event);
    const values = await typedIn(event.request);
    const read = readTyped(appointmentMoveSchema, values);
    if (!read.ok) return read.answer;
    const verdict = await moveAppointment(event.locals.context, {
      territoryId: territory.id,
      dossierId: event.params.dossier,
      fields: read.fields,
      origin: (await platform()).settings.origin
    });
    const dossier = `/${territory.slug}/dossiers/${event.params.dossier}`;
    // What took place is written down at once, from what is known of it.
    if (verdict.ok && verdict.value === 'seen') {
      redirect(303, `${dossier}/notes/new?appointment=${read.fields.appointment}`);
    }
    if (verdict.ok) redirect(303, `${dossier}/appointments?done=moved`);
    if (verdict.code === 'not-found') error(404);
    return failAppointment(verdict.code, values);
  }
};

function inWords(appointment: ListedAppointment) {
  const people = (kept: (person: ListedAppointment['people'][number]) => boolean) =>
    appointment.people.filter(kept).map(({ name }) => name);
  return {
    id: appointment.id,
    startsAt: appointment.startsAt,
    minutes: appointment.minutes,
    where: whereOf(appointment),
    about: appointment.about,
    reason: appointment.reason,
    state: appointment.state,
    stateWords: APPOINTMENT_STATE_WORDS[appointment.state](),
    isToSettle: appointment.isToSettle,
    people: people(() => true),
    answers: [...APPOINTMENT_ANSWERS, null]
      .map((answer) => ({
        label: answer ? ANSWER_WORDS[answer]() : m.support_appointments_answer_none(),
        people: people((person) => person.answer === answer)
      }))
      .filter((group) => group.people.length > 0),
    unanswered: appointment.ownPlace?.answer === null ? appointment.ownPlace.memberId : null,
    onPaper: people(({ getsMail }) => !getsMail),
    sms: people(({ getsSms }) => getsSms),
    moves: appointment.moves.map((value) => ({ value, label: APPOINTMENT_MOVE_WORDS[value]() }))
  };
}
