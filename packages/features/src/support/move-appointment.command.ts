import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { findAppointmentRow, participantsOf } from './appointment-rows.ts';
import {
  checkAppointmentMove,
  tellsCalendars,
  type AppointmentMoveRefusal,
  type AppointmentState
} from './appointment.rules.ts';
import type { AppointmentMoveFields } from './appointment.schema.ts';
import { workedDossier } from './circle.ts';
import { appointmentDesk, tellAppointment } from './tell-appointment.ts';

export interface MoveAppointmentRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly fields: AppointmentMoveFields;
  readonly origin: string;
}

/** Confirms an appointment, says what came of it, or calls it off; calendars follow while it is still to come. */
export async function moveAppointment(
  ctx: Context,
  { territoryId, dossierId, fields, origin }: MoveAppointmentRequest
): Promise<Verdict<AppointmentState, 'not-found' | AppointmentMoveRefusal>> {
  return transaction(
    ctx,
    'move-appointment',
    async (tx, ledger): Promise<Verdict<AppointmentState, 'not-found' | AppointmentMoveRefusal>> => {
      const own = await workedDossier(tx, ctx, territoryId, dossierId);
      const before = own && (await findAppointmentRow(tx, own.row.id, fields.appointment, 'lock'));
      if (!before) return refuse('not-found');
      const checked = checkAppointmentMove(before, own.role, fields.move, ctx.now);
      if (!checked.ok) return checked;
      const after = { ...before, state: checked.value, sequence: before.sequence + 1 };
      await tx
        .updateTable('appointment')
        .set({
          state: after.state,
          state_changed_at: ctx.now,
          state_changed_by: ctx.actor.accountId,
          reason: fields.reason,
          sequence: after.sequence
        })
        .where('id', '=', after.id)
        .where('dossier_id', '=', own.row.id)
        .execute();
      if (tellsCalendars(after.startsAt, ctx.now)) {
        const people = (await participantsOf(tx, [after.id])).get(after.id) ?? [];
        const desk = await appointmentDesk(tx, territoryId, origin);
        const members = people.map((person) => person.memberId);
        const news = after.state === 'confirmed' ? 'confirmed' : 'cancelled';
        await tellAppointment(tx, ctx, ledger, desk, after, members, news);
      }
      ledger.about('dossier', own.row.id, territoryId, { appointment: after.id, move: fields.move });
      return accept(after.state);
    }
  );
}
