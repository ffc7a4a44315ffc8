import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { APPOINTMENT_WAYS } from '@terreau/features/support/appointment.rules';
import { appointmentSchema } from '@terreau/features/support/appointment.schema';
import { findAppointmentForm } from '@terreau/features/support/find-appointment.query';
import { saveAppointment } from '@terreau/features/support/save-appointment.command';
import { localDate, localTime, plusLocalDays } from '@terreau/kernel/instants';
import * as v from 'valibot';
import { asTyped } from '#lib/server/directory/forms.ts';
import { platform } from '#lib/server/platform.ts';
import { m } from '#texts/messages.js';
import { failAppointment, failAppointmentFields, WAY_WORDS } from './appointment-words.ts';
import { orNotFound, signedInAt, typedIn } from './form.ts';
import { optionsOf } from './words.ts';

type Event = Pick<RequestEvent, 'locals' | 'url' | 'request'> & { params: { territory: string; dossier: string } };

/** What the form of an appointment shows, new or about to change. */
export async function readAppointmentForm(event: Event, appointmentId: string | null) {
  const territory = await signedInAt(event);
  const { context } = event.locals;
  const request = { territoryId: territory.id, dossierId: event.params.dossier, appointmentId };
  const { head, people, mayConfirm, appointment } = orNotFound(await findAppointmentForm(context, request));
  const today = localDate(context.now, territory.timeZone);
  return {
    dossier: head,
    today,
    mayConfirm,
    ways: optionsOf(WAY_WORDS, APPOINTMENT_WAYS),
    people: people.map(({ id, name, hasAccount, getsMail }) => ({
      value: id,
      label: hasAccount
        ? name
        : getsMail
          ? m.support_appointments_person_mail({ name })
          : m.support_appointments_person_paper({ name })
    })),
    mobiles: people.filter(({ hasMobile }) => hasMobile).map(({ id, name }) => ({ value: id, label: name })),
    stored: asTyped(
      appointment
        ? {
            date: localDate(appointment.startsAt, territory.timeZone),
            time: localTime(appointment.startsAt, territory.timeZone),
            minutes: String(appointment.minutes),
            way: appointment.way,
            place: appointment.place ?? '',
            about: appointment.about ?? '',
            members: appointment.people.map(({ memberId }) => memberId),
            smsTo: appointment.people.filter(({ getsSms }) => getsSms).map(({ memberId }) => memberId),
            agreed: appointment.state === 'confirmed' ? 'yes' : ''
          }
        : {
            date: plusLocalDays(today, 1),
            time: '09:00',
            minutes: '60',
            way: 'place',
            members: people.map(({ id }) => id)
          }
    )
  };
}

/** Saves what was typed and goes back to the list; or sends the form back. */
export async function saveTypedAppointment(event: Event, appointmentId: string | null) {
  const territory = await signedInAt(event);
  const values = await typedIn(event.request);
  const read = v.safeParse(appointmentSchema, values);
  if (!read.success) return failAppointmentFields(read.issues, values);
  const verdict = await saveAppointment(event.locals.context, {
    territoryId: territory.id,
    dossierId: event.params.dossier,
    appointmentId,
    fields: read.output,
    origin: (await platform()).settings.origin
  });
  if (verdict.ok) redirect(303, `/${territory.slug}/dossiers/${event.params.dossier}/appointments?done=saved`);
  if (verdict.code === 'not-found') error(404);
  return failAppointment(verdict.code, values);
}
