import type { Context } from '@terreau/database/context';
import { reading, transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, localTime, plusDays, plusLocalDays, type Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { canReceiveSms } from '../orientation/text-messages.rules.ts';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { reminderText } from './appointment-mails.ts';
import type { AppointmentWay } from './appointment.rules.ts';
import { ENDED_STATES } from './dossier-life.rules.ts';

/** Text messages leave within these hours of the day before, on the walls of the territory. */
const FROM_TIME = '10:00';
const UNTIL_TIME = '19:00';
const ROUND_MAX_ROWS = 500;

/**
 * Sends the text messages of the day before, to those who agreed. Decided when it is sent: what was moved, called off or
 * put to sleep since is not reminded, nor is whoever said that they do not come; and the same appointment at the same hour is reminded once. Answers how many.
 */
export async function remindAppointments(
  ctx: Context,
  { origin }: { readonly origin: string }
): Promise<Verdict<number, 'not-allowed'>> {
  if (!ctx.actor.isOperator) return refuse('not-allowed');
  let sent = 0;
  for (const due of await dueTomorrow(ctx)) {
    if (!canReceiveSms(due.phone)) continue;
    const { phone } = due;
    const verdict = await transaction(
      ctx,
      'remind-appointment',
      async (tx, ledger): Promise<Verdict<undefined, never>> => {
        const { contact } = await settingsInForce(tx, due.territoryId);
        ledger.send({
          channel: 'sms',
          recipient: phone,
          territoryId: due.territoryId,
          template: 'appointment-reminder',
          onceKey: `appointment:${due.id}:${due.sequence}:${due.memberId}`,
          foot: { kind: 'appointments', language: 'fr', origin },
          text: reminderText(due, contact?.phone ?? null)
        });
        ledger.about('dossier', due.dossierId, due.territoryId, { appointment: due.id });
        return accept();
      }
    );
    if (verdict.ok) sent += 1;
  }
  return accept(sent);
}

interface DueReminder {
  readonly id: Id;
  readonly memberId: Id;
  readonly dossierId: Id;
  readonly territoryId: Id;
  readonly sequence: number;
  readonly startsAt: Instant;
  readonly way: AppointmentWay;
  readonly place: string | null;
  readonly territory: string;
  readonly timeZone: string;
  readonly phone: string | null;
}

async function dueTomorrow(ctx: Context): Promise<DueReminder[]> {
  const { rows } = await reading(ctx, (tx) =>
    sql<DueReminder>`
      select a.id, p.member_id as "memberId", a.dossier_id as "dossierId", a.territory_id as "territoryId", a.sequence,
        a.starts_at as "startsAt", a.way, a.place, t.name as territory, t.time_zone as "timeZone", n.phone
      from appointment a
        join appointment_participant p on p.appointment_id = a.id and p.sms_agreed_at is not null
          and p.answer is distinct from 'no'
        join dossier_member m on m.id = p.member_id and m.left_at is null
        join person n on n.id = m.person_id
        join dossier d on d.id = a.dossier_id and d.state <> 'paused' and d.state <> all(${[...ENDED_STATES]}::text[])
        join territory t on t.id = a.territory_id and t.closed_at is null
      where a.state in ('proposed', 'confirmed')
        and a.starts_at > ${ctx.now}::timestamptz and a.starts_at < ${plusDays(ctx.now, 2)}::timestamptz
        and not exists (select from outbox o
          where o.once_key = 'appointment:' || a.id || ':' || a.sequence || ':' || p.member_id)
      order by a.starts_at, p.id limit ${ROUND_MAX_ROWS}`.execute(tx)
  );
  return rows.filter(({ startsAt, timeZone }) => {
    const time = localTime(ctx.now, timeZone);
    const tomorrow = plusLocalDays(localDate(ctx.now, timeZone), 1);
    return localDate(startsAt, timeZone) === tomorrow && time >= FROM_TIME && time < UNTIL_TIME;
  });
}
