import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId } from '@terreau/kernel/ids';
import { instantAt, localDate, plusDays, plusLocalDays } from '@terreau/kernel/instants';
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
}

/** How long before its day an appointment was made. */
const MADE_DAYS_BEFORE = 10;

/** Appointments past and to come, in each state; the people of the circle come to them. */
export async function insertAppointments(tx: Tx, ctx: Context, { territoryId, timeZone }: DossierSeed): Promise<void> {
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
          sms_agreed_at: seeded.sms && member.person_id !== null ? madeAt : null
        }))
      )
      .execute();
  }
}
