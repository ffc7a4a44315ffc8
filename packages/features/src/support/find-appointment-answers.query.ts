import type { Context } from '@terreau/database/context';
import { witnessed } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { mayBeAnswered } from './appointment-answer.rules.ts';
import { findAppointmentRow, participantsOf, type AppointmentRow, type Participant } from './appointment-rows.ts';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { maySpeakFor } from './support.policy.ts';

/** Who is invited to one appointment, what each said, and for whom the reader may answer. */
export interface AppointmentAnswers {
  readonly head: DossierHead;
  readonly appointment: AppointmentRow;
  readonly people: readonly (Participant & { readonly mayAnswer: boolean })[];
}

/** The answers to one appointment, the look being written down; null for whoever is not of the circle. */
export async function findAppointmentAnswers(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly appointmentId: string }
): Promise<AppointmentAnswers | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    const appointment = own && (await findAppointmentRow(tx, own.row.id, request.appointmentId));
    if (!appointment) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'appointments' });
    const isOpen = own.isActive && mayBeAnswered(appointment, ctx.now);
    const people = (await participantsOf(tx, [appointment.id])).get(appointment.id) ?? [];
    return {
      head: headOf(own),
      appointment,
      people: people.map((person) => ({
        ...person,
        mayAnswer: isOpen && (person.memberId === own.memberId || maySpeakFor(own.role))
      }))
    };
  });
}
