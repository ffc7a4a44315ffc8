import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { instantAt, localDate, plusDays, type Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { isSameMeeting } from './appointment-answer.rules.ts';
import { findAppointmentRow, type AppointmentRow } from './appointment-rows.ts';
import { OPEN_STATES } from './appointment.rules.ts';
import type { AppointmentFields } from './appointment.schema.ts';
import { workedDossier, type OwnDossier } from './circle.ts';
import { ENDED_STATES, type DossierState } from './dossier-life.rules.ts';
import { mayAdvise } from './support.policy.ts';
import { appointmentDesk, tellAppointment } from './tell-appointment.ts';

/** Nobody plans further ahead. */
export const APPOINTMENT_AHEAD_MAX_DAYS = 730;

export interface SaveAppointmentRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  /** Null plans a new one. */
  readonly appointmentId: string | null;
  readonly fields: AppointmentFields;
  readonly origin: string;
}

export type SaveAppointmentRefusal =
  | 'not-found'
  | 'appointment-over'
  | 'appointment-past'
  | 'appointment-too-far'
  | 'nobody-invited'
  /** Another appointment of one's own is at the same time. */
  | 'appointment-conflict';

/**
 * Plans an appointment of a dossier, or changes one that is still to come. Those who come and have an account get an
 * invitation for their calendar, or its change; whoever no longer comes gets its cancellation. What those who advise
 * plan with an agreement is confirmed at once; the structure proposes.
 */
export async function saveAppointment(
  ctx: Context,
  request: SaveAppointmentRequest
): Promise<Verdict<Id, SaveAppointmentRefusal>> {
  return transaction(ctx, 'save-appointment', async (tx, ledger): Promise<Verdict<Id, SaveAppointmentRefusal>> => {
    const { territoryId, fields } = request;
    const own = await workedDossier(tx, ctx, territoryId, request.dossierId);
    if (!own) return refuse('not-found');
    const before = request.appointmentId
      ? await findAppointmentRow(tx, own.row.id, request.appointmentId, 'lock')
      : null;
    if (request.appointmentId && !before) return refuse('not-found');
    if (before && !OPEN_STATES.includes(before.state)) return refuse('appointment-over');
    const desk = await appointmentDesk(tx, territoryId, request.origin);
    const startsAt = instantAt(fields.date!, fields.time, desk.territory.timeZone);
    if (startsAt <= ctx.now) return refuse('appointment-past');
    if (startsAt > plusDays(ctx.now, APPOINTMENT_AHEAD_MAX_DAYS)) return refuse('appointment-too-far');
    const members = await membersAmong(tx, own.row.id, fields.members);
    if (members.length === 0) return refuse('nobody-invited');
    if (!fields.despite && (await conflicts(tx, ctx, startsAt, fields.minutes!, before?.id ?? null))) {
      return refuse('appointment-conflict');
    }
    const row = await write(tx, ctx, own, before, fields, startsAt);
    const gone = await writeParticipants(tx, ctx, own, row.id, members, fields.smsTo);
    await writeAnswersAtHand(tx, ctx, own, row, members, before !== null && isSameMeeting(before, row));
    await bringContactForward(
      tx,
      ctx,
      own,
      localDate(startsAt, desk.territory.timeZone),
      localDate(ctx.now, desk.territory.timeZone)
    );
    const news = before ? 'changed' : row.state === 'confirmed' ? 'confirmed' : 'proposed';
    await tellAppointment(tx, ctx, ledger, desk, row, members, news);
    await tellAppointment(tx, ctx, ledger, desk, row, gone, 'cancelled');
    ledger.about('dossier', own.row.id, territoryId, { appointment: row.id, sequence: row.sequence });
    return accept(row.id);
  });
}

async function write(
  tx: Tx,
  ctx: Context,
  own: OwnDossier,
  before: AppointmentRow | null,
  fields: AppointmentFields,
  startsAt: Instant
): Promise<AppointmentRow> {
  const state = fields.agreed && mayAdvise(own.role) ? 'confirmed' : 'proposed';
  const values = {
    starts_at: startsAt,
    minutes: fields.minutes!,
    way: fields.way,
    place: fields.place,
    about: fields.about,
    state,
    state_changed_at: ctx.now,
    state_changed_by: ctx.actor.accountId
  };
  const id = before?.id ?? newId();
  const sequence = before ? before.sequence + 1 : 0;
  if (before) {
    await tx
      .updateTable('appointment')
      .set({ ...values, sequence })
      .where('id', '=', id)
      .where('dossier_id', '=', own.row.id)
      .execute();
  } else {
    const place = { id, dossier_id: own.row.id, territory_id: own.row.territory_id };
    await tx
      .insertInto('appointment')
      .values({ ...place, ...values, sequence, made_by: ctx.actor.accountId, made_at: ctx.now })
      .execute();
  }
  const { way, place, about, minutes } = fields;
  return { id, dossierId: own.row.id, startsAt, minutes: minutes!, way, place, about, state, reason: null, sequence };
}

/** Those of `wanted` who are in the circle now. */
async function membersAmong(tx: Tx, dossierId: Id, wanted: readonly Id[]): Promise<Id[]> {
  if (wanted.length === 0) return [];
  const rows = await tx
    .selectFrom('dossier_member')
    .select('id')
    .where('dossier_id', '=', dossierId)
    .where('left_at', 'is', null)
    .where('id', 'in', [...wanted])
    .execute();
  return rows.map((row) => row.id);
}

/** Whether the actor has another open appointment that touches this hour, in any of their dossiers. */
async function conflicts(
  tx: Tx,
  ctx: Context,
  startsAt: Instant,
  minutes: number,
  exceptId: Id | null
): Promise<boolean> {
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  const { rows } = await sql`
    select from appointment a
      join appointment_participant p on p.appointment_id = a.id
      join dossier_member m on m.id = p.member_id
    where m.account_id = ${ctx.actor.accountId} and a.state in ('proposed', 'confirmed')
      and a.id is distinct from ${exceptId}::uuid
      and a.starts_at < ${endsAt}::timestamptz and a.starts_at + a.minutes * interval '1 minute' > ${startsAt}::timestamptz
    limit 1`.execute(tx);
  return rows.length > 0;
}

/** Answers who came before and no longer does. */
async function writeParticipants(
  tx: Tx,
  ctx: Context,
  own: OwnDossier,
  appointmentId: Id,
  members: readonly Id[],
  smsTo: readonly Id[]
): Promise<Id[]> {
  const gone = await tx
    .deleteFrom('appointment_participant')
    .where('appointment_id', '=', appointmentId)
    .where('member_id', 'not in', [...members])
    .returning('member_id')
    .execute();
  for (const memberId of members) {
    const smsAgreedAt = smsTo.includes(memberId) ? ctx.now : null;
    await tx
      .insertInto('appointment_participant')
      .values({
        appointment_id: appointmentId,
        dossier_id: own.row.id,
        territory_id: own.row.territory_id,
        member_id: memberId,
        sms_agreed_at: smsAgreedAt
      })
      .onConflict((conflict) =>
        conflict.columns(['appointment_id', 'member_id']).doUpdateSet({ sms_agreed_at: smsAgreedAt })
      )
      .execute();
  }
  return gone.map((row) => row.member_id);
}

/**
 * Another hour or place asks everybody again. Whoever plans it and comes has said yes; so has the only other one, where
 * it is agreed already.
 */
async function writeAnswersAtHand(
  tx: Tx,
  ctx: Context,
  own: OwnDossier,
  row: AppointmentRow,
  members: readonly Id[],
  isSame: boolean
): Promise<void> {
  if (!isSame) {
    await tx
      .updateTable('appointment_participant')
      .set({ answer: null, answered_at: null, answered_by: null, answered_through: null })
      .where('appointment_id', '=', row.id)
      .execute();
  }
  const others = members.filter((id) => id !== own.memberId);
  const isAgreed = row.state === 'confirmed' && others.length === 1;
  const known = [
    { memberId: own.memberId, through: 'page' },
    ...(isAgreed ? [{ memberId: others[0]!, through: 'aloud' }] : [])
  ];
  for (const { memberId, through } of known) {
    await tx
      .updateTable('appointment_participant')
      .set({ answer: 'yes', answered_at: ctx.now, answered_by: ctx.actor.accountId, answered_through: through })
      .where('appointment_id', '=', row.id)
      .where('member_id', '=', memberId)
      .where('answer', 'is', null)
      .execute();
  }
}

/** An appointment is a contact: it becomes the next one where none was planned, a later one was, or its day has passed. */
async function bringContactForward(tx: Tx, ctx: Context, own: OwnDossier, on: string, today: string): Promise<void> {
  const planned = own.row.next_contact_on;
  if (ENDED_STATES.includes(own.row.state as DossierState)) return;
  if (planned !== null && planned >= today && planned <= on) return;
  await tx
    .updateTable('dossier')
    .set({ next_contact_on: on, updated_at: ctx.now })
    .where('id', '=', own.row.id)
    .execute();
}
