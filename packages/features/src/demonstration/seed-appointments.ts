import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { instantAt, localDate, plusDays, plusLocalDays, type Instant } from '@terreau/kernel/instants';
import type { AnswerWay, AppointmentAnswer } from '../support/appointment-answer.rules.ts';
import { findAppointmentRow } from '../support/appointment-rows.ts';
import { appointmentDesk, tellAppointment } from '../support/tell-appointment.ts';
import type { DossierSeed } from './seed-dossiers.ts';
import content from './appointments.json' with { type: 'json' };

interface SeededAppointment {
  readonly dossier: string;
  /** In how many days; before today when it is negative. */
  readonly in: number;
  readonly time: string;
  readonly minutes: number;
  readonly way: string;
  readonly place?: string;
  readonly about?: string;
  readonly state: string;
  readonly reason?: string;
  /** Whoever carries the project agreed to a text message the day before. */
  readonly sms?: boolean;
  /** What those who come said, by their role in the circle; whoever accompanies planned it, and comes. */
  readonly answers?: Readonly<Record<string, SeededAnswer>>;
  /** Its invitations are in the letter box. */
  readonly isTold?: boolean;
}

interface SeededAnswer {
  readonly said: AppointmentAnswer;
  readonly through: AnswerWay;
}

/** How long before its day an appointment was made. */
const MADE_DAYS_BEFORE = 10;

/** Appointments past and to come, in each state; the people of the circle come to them. */
export async function insertAppointments(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  { territoryId, timeZone }: DossierSeed,
  origin: string
): Promise<void> {
  const today = localDate(ctx.now, timeZone);
  for (const seeded of content.appointments as readonly SeededAppointment[]) {
    const members = await tx
      .selectFrom('dossier_member as member')
      .innerJoin('dossier', 'dossier.id', 'member.dossier_id')
      .select(['member.id', 'member.role', 'member.account_id', 'member.person_id', 'dossier.id as dossierId'])
      .where('dossier.title', '=', seeded.dossier)
      .where('dossier.territory_id', '=', territoryId)
      .where('left_at', 'is', null)
      .execute();
    const facilitator = members.find(({ role }) => role === 'facilitator')!;
    const startsAt = instantAt(plusLocalDays(today, seeded.in), seeded.time, timeZone);
    const madeAt = new Date(Math.min(plusDays(startsAt, -MADE_DAYS_BEFORE).getTime(), ctx.now.getTime()));
    const id = newId();
    await tx
      .insertInto('appointment')
      .values({
        id,
        dossier_id: facilitator.dossierId,
        territory_id: territoryId,
        starts_at: startsAt,
        minutes: seeded.minutes,
        way: seeded.way,
        place: seeded.place ?? null,
        about: seeded.about ?? null,
        state: seeded.state,
        state_changed_at: seeded.in < 0 && seeded.state === 'seen' ? startsAt : madeAt,
        state_changed_by: facilitator.account_id,
        reason: seeded.reason ?? null,
        sequence: seeded.state === 'proposed' || seeded.state === 'confirmed' ? 0 : 1,
        made_by: facilitator.account_id,
        made_at: madeAt
      })
      .execute();
    const place = { appointment_id: id, dossier_id: facilitator.dossierId, territory_id: territoryId };
    await tx
      .insertInto('appointment_participant')
      .values(
        members.map((member) => ({
          ...place,
          member_id: member.id,
          sms_agreed_at: seeded.sms && member.person_id !== null ? madeAt : null,
          ...answerOf(seeded, member.role, member.account_id, facilitator.account_id, madeAt)
        }))
      )
      .execute();
    if (!seeded.isTold) continue;
    const row = await findAppointmentRow(tx, facilitator.dossierId, id);
    const memberIds = members.map((member) => member.id);
    await tellAppointment(tx, ctx, ledger, await appointmentDesk(tx, territoryId, origin), row!, memberIds, 'proposed');
  }
}

/** Whoever plans has said yes; the others as the content says, those without an account aloud or by their mail. */
function answerOf(seeded: SeededAppointment, role: string, account: Id | null, planner: Id | null, at: Instant) {
  const planned: SeededAnswer = { said: 'yes', through: 'page' };
  const answer = role === 'facilitator' ? planned : (seeded.answers?.[role] ?? null);
  if (!answer) return { answer: null, answered_at: null, answered_by: null, answered_through: null };
  return {
    answer: answer.said,
    answered_at: at,
    answered_by: answer.through === 'aloud' ? planner : account,
    answered_through: answer.through
  };
}
