import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import type { AnswerWay, AppointmentAnswer } from './appointment-answer.rules.ts';
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
  readonly id: Id;
  readonly appointmentId: Id;
  readonly memberId: Id;
  readonly name: string;
  readonly hasAccount: boolean;
  /** Gets the invitation, with or without an account. */
  readonly getsMail: boolean;
  readonly getsSms: boolean;
  /** Null as long as they said nothing. */
  readonly answer: AppointmentAnswer | null;
  readonly answeredAt: Instant | null;
  readonly answeredThrough: AnswerWay | null;
}

export async function participantsOf(tx: Tx, appointmentIds: readonly Id[]): Promise<Map<Id, Participant[]>> {
  if (appointmentIds.length === 0) return new Map();
  const { rows } = await sql<Participant>`
    select p.id, p.appointment_id as "appointmentId", m.id as "memberId", coalesce(a.name, n.display_name, '') as name,
      m.account_id is not null as "hasAccount", m.account_id is not null or n.email is not null as "getsMail",
      p.sms_agreed_at is not null as "getsSms", p.answer, p.answered_at as "answeredAt",
      p.answered_through as "answeredThrough"
    from appointment_participant p
      join dossier_member m on m.id = p.member_id
      left join account a on a.id = m.account_id
      left join person n on n.id = m.person_id
    where p.appointment_id = any(${[...appointmentIds]}::uuid[])
    order by m.joined_at, m.id`.execute(tx);
  return Map.groupBy(rows, (row) => row.appointmentId);
}

/** Somebody who is invited, as the link of their mail finds them. */
export interface Invited {
  readonly id: Id;
  readonly appointmentId: Id;
  readonly dossierId: Id;
  readonly territoryId: Id;
  readonly answer: AppointmentAnswer | null;
  readonly answeredAt: Instant | null;
}

/** Null when they are no longer invited, or have left the circle. The caller has the platform's rights. */
export async function findInvited(tx: Tx, participantId: Id): Promise<Invited | null> {
  const row = await tx
    .selectFrom('appointment_participant as participant')
    .innerJoin('dossier_member as member', 'member.id', 'participant.member_id')
    .select(['participant.id', 'appointment_id as appointmentId', 'participant.dossier_id as dossierId'])
    .select(['participant.territory_id as territoryId', 'answer', 'answered_at as answeredAt'])
    .where('participant.id', '=', participantId)
    .where('member.left_at', 'is', null)
    .executeTakeFirst();
  return row ? { ...row, answer: row.answer as AppointmentAnswer | null } : null;
}
