import { findAppointmentSlip } from '@terreau/features/support/find-appointment-slip.query';
import { whereOf } from '#lib/server/support/appointment-words.ts';
import { orNotFound, signedInAt } from '#lib/server/support/form.ts';
import type { PageServerLoad } from './$types';

/** Printed: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const territory = await signedInAt(event);
  const { dossier, appointment } = event.params;
  const request = { territoryId: territory.id, dossierId: dossier, appointmentId: appointment };
  const slip = orNotFound(await findAppointmentSlip(event.locals.context, request));
  const { startsAt, minutes } = slip.appointment;
  return {
    dossier: slip.head,
    startsAt,
    minutes,
    where: whereOf(slip.appointment),
    people: slip.people.map(({ name }) => name),
    contact: [slip.contact?.placeName, slip.contact?.phone].filter(Boolean).join(', ')
  };
};
