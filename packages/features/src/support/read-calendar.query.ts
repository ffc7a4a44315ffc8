import { calendarText, type CalendarEvent } from '@terreau/calendar/invitations';
import type { Context } from '@terreau/database/context';
import { reading, witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays, type Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { hashToken } from '../accounts/tokens.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { calendarTitle, whereInWords } from './appointment-mails.ts';
import type { AppointmentState, AppointmentWay } from './appointment.rules.ts';
import { appointmentUid } from './tell-appointment.ts';

const BEHIND_DAYS = 90;
const AHEAD_DAYS = 400;
const EVENTS_MAX_COUNT = 1000;
const TOKEN_MAX_CHARACTERS = 100;

/**
 * The appointments of whoever made this secret address, as an iCalendar text; null when it was revoked or never was.
 * Read with their own rights, and nothing more: a dossier that they left is no longer in it. A calendar asks many times a
 * day; where it shows what dossiers are called, the journal of each of them says so once a day.
 */
export async function readCalendar(
  ctx: Context,
  { token, origin }: { readonly token: string; readonly origin: string }
): Promise<string | null> {
  if (token.length > TOKEN_MAX_CHARACTERS) return null;
  const link = await reading(ctx, (tx) => asPlatform(tx, () => findLink(tx, token)));
  if (!link) return null;
  const owner: Context = {
    ...ctx,
    actor: { accountId: link.accountId, grants: [], trust: 'verified', isOperator: false }
  };
  return witnessed(owner, async (tx, saw) => {
    const rows = await appointmentsOf(tx, owner, link.accountId);
    const today = ctx.now.toISOString().slice(0, 10);
    if (link.lastReadOn !== today) {
      if (link.shows === 'titles') {
        for (const row of new Map(rows.map((one) => [one.dossierId, one])).values()) {
          saw({
            dossierId: row.dossierId,
            territoryId: row.territoryId,
            as: row.role,
            kind: 'export',
            what: 'calendar'
          });
        }
      }
      await tx.updateTable('calendar_link').set({ last_read_on: today }).where('id', '=', link.id).execute();
    }
    const { hostname } = new URL(origin);
    const events = rows.map((row) => eventOf(row, link, { origin, hostname, now: ctx.now }));
    const name = link.language === 'en' ? 'Appointments · Terreau' : 'Rendez-vous · Terreau';
    return calendarText('PUBLISH', events, { product: 'Terreau', name });
  });
}

interface Link {
  readonly id: Id;
  readonly accountId: Id;
  readonly shows: string;
  readonly lastReadOn: string | null;
  readonly language: string;
}

async function findLink(tx: Tx, token: string): Promise<Link | null> {
  const row = await tx
    .selectFrom('calendar_link')
    .innerJoin('account', 'account.id', 'calendar_link.account_id')
    .select(['calendar_link.id', 'account_id as accountId', 'shows', 'last_read_on as lastReadOn', 'language'])
    .where('token_hash', '=', hashToken(token))
    .where('revoked_at', 'is', null)
    .where('suspended_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

interface CalendarRow {
  readonly id: Id;
  readonly dossierId: Id;
  readonly territoryId: Id;
  readonly role: string;
  readonly title: string;
  readonly startsAt: Instant;
  readonly minutes: number;
  readonly way: AppointmentWay;
  readonly place: string | null;
  readonly state: AppointmentState;
  readonly sequence: number;
  readonly slug: string;
  readonly timeZone: string;
}

async function appointmentsOf(tx: Tx, ctx: Context, accountId: Id): Promise<CalendarRow[]> {
  const { rows } = await sql<CalendarRow>`
    select a.id, a.dossier_id as "dossierId", a.territory_id as "territoryId", m.role, d.title, a.starts_at as "startsAt",
      a.minutes, a.way, a.place, a.state, a.sequence, t.slug, t.time_zone as "timeZone"
    from appointment a
      join appointment_participant p on p.appointment_id = a.id
      join dossier_member m on m.id = p.member_id and m.account_id = ${accountId} and m.left_at is null
      join dossier d on d.id = a.dossier_id
      join territory t on t.id = a.territory_id
    where a.starts_at between ${plusDays(ctx.now, -BEHIND_DAYS)}::timestamptz and ${plusDays(ctx.now, AHEAD_DAYS)}::timestamptz
    order by a.starts_at, a.id limit ${EVENTS_MAX_COUNT}`.execute(tx);
  return rows;
}

function eventOf(
  row: CalendarRow,
  { shows, language }: Link,
  { origin, hostname, now }: { readonly origin: string; readonly hostname: string; readonly now: Instant }
): CalendarEvent {
  return {
    uid: appointmentUid(row.id, hostname),
    sequence: row.sequence,
    stampedAt: now,
    startsAt: row.startsAt,
    minutes: row.minutes,
    timeZone: row.timeZone,
    title: calendarTitle(language, shows === 'titles' ? row.title : null),
    place: shows === 'titles' ? whereInWords(language, row.way, row.place) : null,
    url: `${origin}/${row.slug}/dossiers/${row.dossierId}/appointments`,
    status: STATUS[row.state]
  };
}

const STATUS: Readonly<Record<AppointmentState, CalendarEvent['status']>> = {
  proposed: 'TENTATIVE',
  confirmed: 'CONFIRMED',
  seen: 'CONFIRMED',
  missed: 'CONFIRMED',
  excused: 'CANCELLED',
  cancelled: 'CANCELLED'
};
