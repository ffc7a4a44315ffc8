import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, localTime, type Instant, type LocalDate } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { workingDaysWaited } from './request-delays.rules.ts';
import { placeOfTerritory } from './territory-place.ts';
import { mayHaveWeek } from './week.policy.ts';

/** What somebody of the team owes this week, and nothing else: each list says how many there are in all. */
export interface OwnWeek {
  readonly today: LocalDate;
  /** Calls, visits and messages promised for today or before, the longest owed first. */
  readonly contacts: WeekList<OwedContact>;
  /** The first promise after today; null when none was made. */
  readonly nextContactOn: LocalDate | null;
  /** Requests to which no human has answered and nothing was promised, the oldest first. */
  readonly requests: WeekList<WaitingRequest>;
  /** What partners answered, and the person has not been told. */
  readonly answers: WeekList<AnswerToTell>;
  readonly meeting: NextMeeting | null;
}

export interface WeekList<Line> {
  readonly lines: readonly Line[];
  readonly total: number;
}

export interface OwedContact {
  readonly id: Id;
  readonly kind: 'call' | 'visit' | 'message';
  readonly promisedOn: LocalDate;
  readonly note: string | null;
  /** What it is about: a request, or a dossier whose circle the reader is in. */
  readonly requestId: Id | null;
  readonly dossierId: Id | null;
  /** Of the request. */
  readonly version: number | null;
  /** The words of the request, or the title of the dossier. */
  readonly sentence: string;
  readonly person: string;
  readonly phone: string | null;
}

export interface WaitingRequest {
  readonly id: Id;
  /** As it was shown: of two who act at once, one is told. */
  readonly version: number;
  readonly sentence: string;
  readonly person: string;
  readonly phone: string | null;
  readonly channel: 'page' | 'counter' | 'telephone' | 'street';
  readonly hasVoice: boolean;
  readonly isMine: boolean;
  readonly answerDueAt: Instant;
  /** Working days since it was sent; 0 on the first day. */
  readonly day: number;
  /** Working days within which the territory answers. */
  readonly withinDays: number;
}

export interface AnswerToTell {
  readonly offerId: Id;
  readonly requestId: Id;
  readonly sentence: string;
  readonly person: string;
  readonly phone: string | null;
  readonly partner: string;
  readonly state: 'accepted' | 'refused';
  readonly answeredAt: Instant;
}

export interface NextMeeting {
  readonly id: Id;
  readonly on: LocalDate;
  readonly note: string | null;
  readonly requestId: Id | null;
  /** An appointment of a dossier, with its hour on the walls. */
  readonly dossierId: Id | null;
  readonly time: string | null;
  readonly person: string | null;
}

/** Lines shown of each list: more than that is no week any more, and the page says how many are left. */
export const WEEK_LINES_MAX_COUNT = 20;

/** The week of whoever asks, in a territory for which they work; null for anybody else. */
export async function ownWeek(ctx: Context, territoryId: Id, timeZone: string): Promise<OwnWeek | null> {
  const { accountId } = ctx.actor;
  if (!accountId || !mayHaveWeek(ctx.actor, territoryId)) return null;
  const today = localDate(ctx.now, timeZone);
  const mine = { territoryId, accountId, today };
  return reading(ctx, async (tx) => ({
    today,
    contacts: await contactsOf(tx, mine),
    nextContactOn: await nextContactOn(tx, mine),
    requests: await requestsOf(tx, ctx, mine),
    answers: await answersOf(tx, mine),
    meeting: await nextMeeting(tx, ctx, mine, timeZone)
  }));
}

interface Mine {
  readonly territoryId: Id;
  readonly accountId: Id;
  readonly today: LocalDate;
}

/** What was promised in nobody's name is everybody's until somebody keeps it. */
function isMine(accountId: Id) {
  return sql<boolean>`(c.promised_by = ${accountId} or c.promised_by is null)`;
}

/** Whom one calls in a dossier: whoever carries it, the first who came. */
const CARRIER = sql`(
  select coalesce(q.display_name, a.name) as name, q.phone
  from dossier_member m left join account a on a.id = m.account_id left join person q on q.id = m.person_id
  where m.dossier_id = d.id and m.role = 'carrier' and m.left_at is null order by m.joined_at, m.id limit 1)`;

type Counted<Row> = Row & { readonly total: number };

async function contactsOf(tx: Tx, { territoryId, accountId, today }: Mine): Promise<WeekList<OwedContact>> {
  const { rows } = await sql<Counted<OwedContact>>`
    select c.id, c.kind, c.promised_on::text as "promisedOn", c.note, r.id as "requestId", d.id as "dossierId", r.version,
      coalesce(r.sentence, d.title) as sentence, coalesce(p.display_name, w.name) as person,
      coalesce(p.phone, w.phone) as phone, count(*) over ()::int as total
    from promised_contact c
      left join request r on r.id = c.request_id left join person p on p.id = r.person_id
      left join dossier d on d.id = c.dossier_id left join lateral ${CARRIER} as w on d.id is not null
    where (p.id is not null or d.id is not null) and c.territory_id = ${territoryId} and ${isMine(accountId)} and c.done_at is null
      and c.promised_on <= ${today}::date and c.kind <> 'meeting'
    order by c.promised_on, c.id limit ${WEEK_LINES_MAX_COUNT}`.execute(tx);
  return listOf(rows);
}

async function nextContactOn(tx: Tx, { territoryId, accountId, today }: Mine): Promise<LocalDate | null> {
  const { rows } = await sql<{ day: LocalDate | null }>`
    select min(c.promised_on)::text as day from promised_contact c
    where c.territory_id = ${territoryId} and ${isMine(accountId)} and c.done_at is null and c.kind <> 'meeting'
      and c.promised_on > ${today}::date`.execute(tx);
  return rows[0]!.day;
}

type WaitingRow = Omit<WaitingRequest, 'day' | 'withinDays'> & { readonly submittedAt: Instant };

/** Theirs, and those that nobody has taken: a request is everybody's until it is somebody's. */
async function requestsOf(tx: Tx, ctx: Context, mine: Mine): Promise<WeekList<WaitingRequest>> {
  const { territoryId, accountId } = mine;
  const { rows } = await sql<Counted<WaitingRow>>`
    select r.id, r.version, r.sentence, p.display_name as person, p.phone, r.channel, r.voice_file_id is not null as "hasVoice",
      r.responsible_id is not null as "isMine", r.answer_due_at as "answerDueAt", r.submitted_at as "submittedAt",
      count(*) over ()::int as total
    from request r join person p on p.id = r.person_id
    where r.territory_id = ${territoryId} and r.state in ('moderation', 'open', 'offered') and r.answered_at is null
      and (r.responsible_id = ${accountId} or r.responsible_id is null)
      and not exists (select from promised_contact c where c.request_id = r.id and c.done_at is null)
    order by r.answer_due_at, r.id limit ${WEEK_LINES_MAX_COUNT}`.execute(tx);
  const { 'answer-within-working-days': withinDays } = await settingsInForce(tx, territoryId);
  const place = await placeOfTerritory(tx, territoryId);
  const dayOf = (sentAt: Instant) => workingDaysWaited(sentAt, ctx.now, place);
  const { lines, total } = listOf(rows);
  return {
    lines: lines.map(({ submittedAt, ...line }) => ({ ...line, day: dayOf(submittedAt), withinDays })),
    total
  };
}

/** Of one's own requests, and of those that nobody has taken: what a partner said is nobody's to forget. */
async function answersOf(tx: Tx, { territoryId, accountId }: Mine): Promise<WeekList<AnswerToTell>> {
  const { rows } = await sql<Counted<AnswerToTell>>`
    select f.id as "offerId", r.id as "requestId", r.sentence, p.display_name as person, p.phone,
      coalesce(o.name, s.title) as partner, f.state, f.answered_at as "answeredAt", count(*) over ()::int as total
    from request_offer f
      join request r on r.id = f.request_id
      join person p on p.id = r.person_id
      left join organization o on o.id = f.organization_id
      left join support s on s.id = f.support_id
    where r.territory_id = ${territoryId} and (r.responsible_id = ${accountId} or r.responsible_id is null)
      and r.state in ('open', 'offered', 'accepted')
      and f.state in ('accepted', 'refused') and f.answered_at is not null and f.person_told_at is null
      and not exists (select from promised_contact c where c.request_id = r.id and c.done_at is null)
    order by f.answered_at, f.id limit ${WEEK_LINES_MAX_COUNT}`.execute(tx);
  return listOf(rows);
}

/** The first of what was promised in a request and of the appointments of one's dossiers. */
async function nextMeeting(tx: Tx, ctx: Context, mine: Mine, timeZone: string): Promise<NextMeeting | null> {
  const [promised, planned] = [await promisedMeeting(tx, mine), await plannedMeeting(tx, ctx, mine, timeZone)];
  if (!promised || !planned) return promised ?? planned;
  return planned.on <= promised.on ? planned : promised;
}

async function plannedMeeting(tx: Tx, ctx: Context, mine: Mine, timeZone: string): Promise<NextMeeting | null> {
  const { rows } = await sql<{ id: Id; startsAt: Instant; dossierId: Id; title: string }>`
    select a.id, a.starts_at as "startsAt", a.dossier_id as "dossierId", d.title
    from appointment a
      join appointment_participant p on p.appointment_id = a.id
      join dossier_member m on m.id = p.member_id and m.account_id = ${mine.accountId} and m.left_at is null
      join dossier d on d.id = a.dossier_id
    where a.territory_id = ${mine.territoryId} and a.state in ('proposed', 'confirmed')
      and a.starts_at + a.minutes * interval '1 minute' > ${ctx.now}::timestamptz
    order by a.starts_at, a.id limit 1`.execute(tx);
  const row = rows[0];
  if (!row) return null;
  const [on, time] = [localDate(row.startsAt, timeZone), localTime(row.startsAt, timeZone)];
  return { id: row.id, on, time, note: row.title, requestId: null, dossierId: row.dossierId, person: null };
}

async function promisedMeeting(tx: Tx, { territoryId, accountId, today }: Mine): Promise<NextMeeting | null> {
  const { rows } = await sql<NextMeeting>`
    select c.id, c.promised_on::text as on, c.note, c.request_id as "requestId", p.display_name as person,
      null as "dossierId", null as time
    from promised_contact c left join request r on r.id = c.request_id left join person p on p.id = r.person_id
    where c.territory_id = ${territoryId} and ${isMine(accountId)} and c.done_at is null
      and c.kind = 'meeting' and c.promised_on >= ${today}::date
    order by c.promised_on, c.id limit 1`.execute(tx);
  return rows[0] ?? null;
}

function listOf<Row>(rows: readonly Counted<Row>[]): WeekList<Row> {
  return { lines: rows, total: rows[0]?.total ?? 0 };
}
