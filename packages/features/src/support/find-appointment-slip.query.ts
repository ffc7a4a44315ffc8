import type { Context } from '@terreau/database/context';
import { witnessed } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { settingsInForce } from '../territories/read-settings.query.ts';
import type { SettingValues } from '../territories/settings.schema.ts';
import { findAppointmentRow, participantsOf, type AppointmentRow, type Participant } from './appointment-rows.ts';
import { headOf, ownDossier, type DossierHead } from './circle.ts';

/** What is printed for somebody who has no calendar on a screen. */
export interface AppointmentSlip {
  readonly head: DossierHead;
  readonly appointment: AppointmentRow;
  readonly people: readonly Participant[];
  /** Where to say that something is in the way. */
  readonly contact: SettingValues['contact'];
}

/** One appointment of a dossier, to be printed; null for whoever is not of its circle. */
export async function findAppointmentSlip(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly appointmentId: string }
): Promise<AppointmentSlip | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    const appointment = own && (await findAppointmentRow(tx, own.row.id, request.appointmentId));
    if (!appointment) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'appointments' });
    const { contact } = await settingsInForce(tx, request.territoryId);
    const people = (await participantsOf(tx, [appointment.id])).get(appointment.id) ?? [];
    return { head: headOf(own), appointment, people, contact };
  });
}
