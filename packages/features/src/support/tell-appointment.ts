import { calendarText, type CalendarAttendee, type CalendarEvent } from '@terreau/calendar/invitations';
import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import { asPlatform } from '../trust/as-platform.ts';
import type { AppointmentAnswer } from './appointment-answer.rules.ts';
import { answerLinks } from './appointment-links.ts';
import { appointmentMail, calendarTitle, whereInWords, type AppointmentNews } from './appointment-mails.ts';
import type { AppointmentRow } from './appointment-rows.ts';

/** Where an appointment is told from. */
export interface AppointmentDesk {
  readonly territory: {
    readonly id: Id;
    readonly slug: string;
    readonly name: string;
    readonly timeZone: string;
    /** Of those who chose none, having no account. */
    readonly language: string;
  };
  /** The public address of the site. */
  readonly origin: string;
}

export async function appointmentDesk(tx: Tx, territoryId: Id, origin: string): Promise<AppointmentDesk> {
  const { languages, ...territory } = await tx
    .selectFrom('territory')
    .select(['id', 'slug', 'name', 'time_zone as timeZone', 'languages'])
    .where('id', '=', territoryId)
    .executeTakeFirstOrThrow();
  return { territory: { ...territory, language: languages[0] ?? 'fr' }, origin };
}

/**
 * Tells those of `memberIds` who have an address, with or without an account, each by a mail of their own with its
 * invitation or its cancellation: nobody's address is shown to another. Who has none is told by whoever accompanies, on
 * paper or aloud.
 */
export async function tellAppointment(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  desk: AppointmentDesk,
  appointment: AppointmentRow,
  memberIds: readonly Id[],
  news: AppointmentNews
): Promise<void> {
  if (memberIds.length === 0) return;
  const told = await reachedAmong(tx, desk, appointment.id, memberIds);
  const invited = told.flatMap(({ participantId }) => participantId ?? []);
  const links = await asPlatform(tx, () => answerLinks(tx, desk.origin, invited));
  for (const one of told) {
    const isAnswered = news !== 'cancelled' && one.participantId !== null;
    const answerLink = isAnswered ? links.get(one.participantId!)! : null;
    const link = one.accountId ? dossierLink(desk, appointment.dossierId) : null;
    const event = eventFor(ctx, desk, appointment, one, news, link ?? answerLink);
    ledger.send({
      channel: 'mail',
      recipient: one.email,
      accountId: one.accountId,
      territoryId: desk.territory.id,
      template: `appointment-${news}`,
      foot: { kind: 'essential', language: one.language },
      calendar: {
        method: news === 'cancelled' ? 'CANCEL' : 'REQUEST',
        text: calendarText(news === 'cancelled' ? 'CANCEL' : 'REQUEST', [event], { product: 'Terreau' })
      },
      ...appointmentMail(one.language, news, {
        territory: desk.territory.name,
        startsAt: appointment.startsAt,
        timeZone: desk.territory.timeZone,
        way: appointment.way,
        place: appointment.place,
        answerLink,
        answer: one.answer,
        dossierLink: link
      })
    });
  }
}

/** Where those who have an account read it, answer and change it. */
export function dossierLink({ territory, origin }: AppointmentDesk, dossierId: Id): string {
  return `${origin}/${territory.slug}/dossiers/${dossierId}/appointments`;
}

/** The same for as long as the appointment exists, in its mails and in subscribed calendars. */
export function appointmentUid(id: Id, hostname: string): string {
  return `${id}@${hostname}`;
}

interface Reached {
  /** Null for somebody who is no longer invited. */
  readonly participantId: Id | null;
  readonly accountId: Id | null;
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly answer: AppointmentAnswer | null;
}

async function reachedAmong(
  tx: Tx,
  { territory }: AppointmentDesk,
  appointmentId: Id,
  memberIds: readonly Id[]
): Promise<Reached[]> {
  const { rows } = await sql<Reached>`
    select p.id as "participantId", a.id as "accountId", coalesce(a.name, n.display_name) as name,
      coalesce(a.email, n.email) as email, coalesce(a.language, ${territory.language}) as language, p.answer
    from dossier_member m
      left join account a on a.id = m.account_id
      left join person n on n.id = m.person_id
      left join appointment_participant p on p.member_id = m.id and p.appointment_id = ${appointmentId}
    where m.id = any(${[...memberIds]}::uuid[]) and a.suspended_at is null and coalesce(a.email, n.email) is not null
    order by m.joined_at, m.id`.execute(tx);
  return rows;
}

const PARTICIPATION: Readonly<Record<AppointmentAnswer, NonNullable<CalendarAttendee['participation']>>> = {
  yes: 'ACCEPTED',
  perhaps: 'TENTATIVE',
  no: 'DECLINED'
};

function eventFor(
  ctx: Context,
  { territory, origin }: AppointmentDesk,
  appointment: AppointmentRow,
  { name, email, language, answer }: Reached,
  news: AppointmentNews,
  url: string | null
): CalendarEvent {
  const { hostname } = new URL(origin);
  return {
    uid: appointmentUid(appointment.id, hostname),
    sequence: appointment.sequence,
    stampedAt: ctx.now,
    startsAt: appointment.startsAt,
    minutes: appointment.minutes,
    timeZone: territory.timeZone,
    title: calendarTitle(language, territory.name),
    place: whereInWords(language, appointment.way, appointment.place),
    url,
    status: statusOf(appointment, news),
    organizer: { name: territory.name, email: `ne-pas-repondre@${hostname}` },
    attendees: [{ name, email, participation: answer && PARTICIPATION[answer] }]
  };
}

function statusOf(appointment: AppointmentRow, news: AppointmentNews): CalendarEvent['status'] {
  if (news === 'cancelled') return 'CANCELLED';
  return appointment.state === 'proposed' ? 'TENTATIVE' : 'CONFIRMED';
}
