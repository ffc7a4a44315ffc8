import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import type { AppointmentState, AppointmentWay } from './appointment.rules.ts';

export interface AppointmentRow {
  readonly id: Id;
  readonly dossierId: Id;
  readonly startsAt: Instant;
  readonly minutes: number;
  readonly way: AppointmentWay;
  readonly place: string | null;
  readonly about: string | null;
  readonly state: AppointmentState;
  readonly reason: string | null;
  readonly sequence: number;
}

export const appointmentColumns = [
  'id',
  'dossier_id as dossierId',
  'starts_at as startsAt',
  'minutes',
  'way',
  'place',
  'about',
  'state',
  'reason',
  'sequence'
] as const;

/** The appointment of this dossier, locked when it is about to change; null when there is none for the actor. */
export async function findAppointmentRow(
  tx: Tx,
  dossierId: Id,
  appointmentId: string,
  lock: 'lock' | 'read' = 'read'
): Promise<AppointmentRow | null> {
  if (!isId(appointmentId)) return null;
  const row = await tx
    .selectFrom('appointment')
    .select(appointmentColumns)
    .where('id', '=', appointmentId)
    .where('dossier_id', '=', dossierId)
    .$if(lock === 'lock', (query) => query.forUpdate())
    .executeTakeFirst();
  return row ? { ...row, way: row.way as AppointmentWay, state: row.state as AppointmentState } : null;
}

/** Somebody who comes: by their place in the circle, with or without an account. */
export interface Participant {
  readonly appointmentId: Id;
  readonly memberId: Id;
  readonly name: string;
  readonly hasAccount: boolean;
  readonly getsSms: boolean;
}

export async function participantsOf(tx: Tx, appointmentIds: readonly Id[]): Promise<Map<Id, Participant[]>> {
  if (appointmentIds.length === 0) return new Map();
  const { rows } = await sql<Participant>`
    select p.appointment_id as "appointmentId", m.id as "memberId", coalesce(a.name, n.display_name, '') as name,
      m.account_id is not null as "hasAccount", p.sms_agreed_at is not null as "getsSms"
    from appointment_participant p
      join dossier_member m on m.id = p.member_id
      left join account a on a.id = m.account_id
      left join person n on n.id = m.person_id
    where p.appointment_id = any(${[...appointmentIds]}::uuid[])
    order by m.joined_at, m.id`.execute(tx);
  return Map.groupBy(rows, (row) => row.appointmentId);
}
