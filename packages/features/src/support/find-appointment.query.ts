import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { findAppointmentRow, participantsOf, type AppointmentRow, type Participant } from './appointment-rows.ts';
import { OPEN_STATES } from './appointment.rules.ts';
import { headOf, ownDossier, type DossierHead } from './circle.ts';
import { canReceiveSms } from '../orientation/text-messages.rules.ts';
import { mayAdvise, mayWrite } from './support.policy.ts';

/** Somebody of the circle who may be invited. */
export interface Invitable {
  readonly id: Id;
  readonly name: string;
  readonly hasAccount: boolean;
  /** Gets the invitation by mail, with or without an account. */
  readonly getsMail: boolean;
  /** Has a number that receives text messages. */
  readonly hasMobile: boolean;
}

export interface AppointmentForm {
  readonly head: DossierHead;
  readonly people: readonly Invitable[];
  /** Those who advise may say that it is agreed already; the structure proposes. */
  readonly mayConfirm: boolean;
  /** The one that is changed; null for a new one. */
  readonly appointment: (AppointmentRow & { readonly people: readonly Participant[] }) | null;
}

/** What the form of an appointment offers to somebody who works in the dossier; null for anybody else. */
export async function findAppointmentForm(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly appointmentId: string | null }
): Promise<AppointmentForm | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own?.isActive || !mayWrite(own.role)) return null;
    const row = request.appointmentId ? await findAppointmentRow(tx, own.row.id, request.appointmentId) : null;
    if (request.appointmentId && (!row || !OPEN_STATES.includes(row.state))) return null;
    saw({ dossierId: own.row.id, territoryId: request.territoryId, as: own.role, kind: 'page', what: 'appointments' });
    return {
      head: headOf(own),
      people: await invitable(tx, own.row.id),
      mayConfirm: mayAdvise(own.role),
      appointment: row && { ...row, people: (await participantsOf(tx, [row.id])).get(row.id) ?? [] }
    };
  });
}

async function invitable(tx: Tx, dossierId: Id): Promise<Invitable[]> {
  const rows = await tx
    .selectFrom('dossier_member as member')
    .leftJoin('account', 'account.id', 'member.account_id')
    .leftJoin('person', 'person.id', 'member.person_id')
    .select(['member.id', 'member.account_id', 'account.name', 'person.display_name'])
    .select(['person.phone', 'person.email'])
    .where('dossier_id', '=', dossierId)
    .where('left_at', 'is', null)
    .orderBy('member.joined_at')
    .orderBy('member.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name ?? row.display_name ?? '',
    hasAccount: row.account_id !== null,
    getsMail: row.account_id !== null || row.email !== null,
    hasMobile: canReceiveSms(row.phone)
  }));
}
