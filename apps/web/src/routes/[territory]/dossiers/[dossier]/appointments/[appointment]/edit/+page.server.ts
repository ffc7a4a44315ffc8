import { readAppointmentForm, saveTypedAppointment } from '#lib/server/support/appointment-form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = (event) => readAppointmentForm(event, event.params.appointment);

export const actions: Actions = { default: (event) => saveTypedAppointment(event, event.params.appointment) };
