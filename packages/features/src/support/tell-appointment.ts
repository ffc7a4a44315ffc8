import { calendarText, type CalendarEvent } from '@terreau/calendar/invitations';
import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { appointmentMail, calendarTitle, whereInWords, type AppointmentNews } from './appointment-mails.ts';
import type { AppointmentRow } from './appointment-rows.ts';

/** Where an appointment is told from. */
export interface AppointmentDesk {
  readonly territory: { readonly slug: string; readonly name: string; readonly timeZone: string };
  /** The public address of the site. */
  readonly origin: string;
}

export async function appointmentDesk(tx: Tx, territoryId: Id, origin: string): Promise<AppointmentDesk> {
  const territory = await tx
    .selectFrom('territory')
    .select(['slug', 'name', 'time_zone as timeZone'])
    .where('id', '=', territoryId)
    .executeTakeFirstOrThrow();
  return { territory, origin };
}

/**
 * Tells those of `memberIds` who have an account, each by a mail of their own with its invitation or its cancellation:
 * nobody's address is shown to another. Who has none is told by whoever accompanies, on paper or aloud.
 */
export async function tellAppointment(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  { territory, origin }: AppointmentDesk,
  appointment: AppointmentRow,
  territoryId: Id,
  memberIds: readonly Id[],
  news: AppointmentNews
): Promise<void> {
  if (memberIds.length === 0) return;
  const accounts = await tx
    .selectFrom('dossier_member as member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .select(['account.id', 'account.name', 'account.email', 'account.language'])
    .where('member.id', 'in', [...memberIds])
    .where('account.suspended_at', 'is', null)
    .execute();
  const { hostname } = new URL(origin);
  const link = `${origin}/${territory.slug}/dossiers/${appointment.dossierId}/appointments`;
  for (const { id, name, email, language } of accounts) {
    const place = whereInWords(language, appointment.way, appointment.place);
    const event: CalendarEvent = {
      uid: appointmentUid(appointment.id, hostname),
      sequence: appointment.sequence,
      stampedAt: ctx.now,
      startsAt: appointment.startsAt,
      minutes: appointment.minutes,
      timeZone: territory.timeZone,
      title: calendarTitle(language, territory.name),
      place,
      url: link,
      status: statusOf(appointment, news),
      organizer: { name: territory.name, email: `ne-pas-repondre@${hostname}` },
      attendees: [{ name, email }]
    };
    const method = news === 'cancelled' ? 'CANCEL' : 'REQUEST';
    ledger.send({
      channel: 'mail',
      recipient: email,
      accountId: id,
      territoryId,
      template: `appointment-${news}`,
      foot: { kind: 'essential', language },
      calendar: { method, text: calendarText(method, [event], { product: 'Terreau' }) },
      ...appointmentMail(language, news, {
        territory: territory.name,
        startsAt: appointment.startsAt,
        timeZone: territory.timeZone,
        way: appointment.way,
        place: appointment.place,
        link
      })
    });
  }
}

/** The same for as long as the appointment exists, in its mails and in subscribed calendars. */
export function appointmentUid(id: Id, hostname: string): string {
  return `${id}@${hostname}`;
}

function statusOf(appointment: AppointmentRow, news: AppointmentNews): CalendarEvent['status'] {
  if (news === 'cancelled') return 'CANCELLED';
  return appointment.state === 'proposed' ? 'TENTATIVE' : 'CONFIRMED';
}
