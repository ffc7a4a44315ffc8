import type { Context } from '@terreau/database/context';
import type { Engine } from '@terreau/database/engine';
import { operatorContext } from '@terreau/database/testing';
import { reading } from '@terreau/database/transaction';
import ical, { type VEvent } from 'node-ical';
import * as v from 'valibot';
import { appointmentMoveSchema, appointmentSchema } from './appointment.schema.ts';
import { findAppointmentForm } from './find-appointment.query.ts';
import { moveAppointment } from './move-appointment.command.ts';
import { saveAppointment } from './save-appointment.command.ts';
import { inDays, type Accompanied } from './support.fixtures.ts';

/** What the tests of appointments need: to plan, to move, and to read what was sent. */

export const ORIGIN = 'https://terreau.example';

const typed = (fields: Record<string, unknown> = {}) =>
  v.parse(appointmentSchema, {
    date: inDays(5),
    time: '09:00',
    minutes: '1h',
    way: 'place',
    place: 'Maison de l’accompagnement',
    about: 'Relire le bail',
    agreed: 'yes',
    ...fields
  });

export const placeOf = ({ territoryId, dossierId }: Accompanied) => ({ territoryId, dossierId });

export async function peopleOf(who: Context, dossier: Accompanied) {
  return (await findAppointmentForm(who, { ...placeOf(dossier), appointmentId: null }))!.people;
}

/** Plans, or changes, an appointment to which everybody of the circle comes unless `members` says who. */
export async function plan(
  who: Context,
  dossier: Accompanied,
  fields: Record<string, unknown> = {},
  appointmentId: string | null = null
) {
  const people = await peopleOf(dossier.facilitator, dossier);
  const members = fields['members'] ?? people.map(({ id }) => id);
  return saveAppointment(who, {
    ...placeOf(dossier),
    appointmentId,
    fields: typed({ ...fields, members }),
    origin: ORIGIN
  });
}

export function move(who: Context, dossier: Accompanied, appointment: string, what: string) {
  const fields = v.parse(appointmentMoveSchema, { appointment, move: what });
  return moveAppointment(who, { ...placeOf(dossier), fields, origin: ORIGIN });
}

export function mailsTo(engine: Engine, ctx: Context) {
  return reading(operatorContext(engine), (tx) =>
    tx
      .selectFrom('outbox')
      .selectAll()
      .where('account_id', '=', ctx.actor.accountId)
      .where('template', 'like', 'appointment-%')
      .orderBy('id')
      .execute()
  );
}

/** The one event of a calendar text, as a calendar understands it. */
export function eventIn(text: string): VEvent {
  return Object.values(ical.sync.parseICS(text)).find((one) => one?.type === 'VEVENT') as VEvent;
}
