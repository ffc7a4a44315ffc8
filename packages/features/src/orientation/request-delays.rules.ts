import { plusWorkingDays, workingDaysBetween } from '@terreau/calendar/working-days';
import {
  instantAt,
  localDate,
  localTime,
  plusDays,
  plusLocalDays,
  type Instant,
  type LocalDate
} from '@terreau/kernel/instants';
import type { RequestState } from './request-life.rules.ts';

/** Where a request lives: the clock on the walls, and the holidays of its département (null: those of the country). */
export interface RequestPlace {
  readonly timeZone: string;
  readonly departement: string | null;
}

/** A reply link works for this long; the partner asks for a new one in one tap. */
export const REPLY_LINK_DAYS = 8;
export const SURVEY_LINK_DAYS = 30;
/** The hour of the last working day before which somebody has answered. */
const DUE_TIME = '17:00';

/** Before when a human answers a request that was sent at `submittedAt`: "before Monday 17:00". */
export function answerDueAt(submittedAt: Instant, place: RequestPlace, workingDays: number): Instant {
  const day = plusWorkingDays(localDate(submittedAt, place.timeZone), workingDays, place.departement);
  return instantAt(day, DUE_TIME, place.timeZone);
}

/** How many working days a request has waited: "day 4 of 5". 0 on the day on which it was sent. */
export function workingDaysWaited(submittedAt: Instant, now: Instant, { timeZone, departement }: RequestPlace): number {
  return workingDaysBetween(localDate(submittedAt, timeZone), localDate(now, timeZone), departement);
}

/** What decides who owes what. `movedAt`: the last move, whoever made it. */
export interface RequestClock {
  readonly state: RequestState;
  readonly movedAt: Instant;
  readonly answeredAt: Instant | null;
  /** The latest day of a contact that was promised and not yet made; null when none is. */
  readonly promisedOn: LocalDate | null;
  readonly offers: readonly OfferClock[];
}

export interface OfferClock {
  readonly id: string;
  readonly state: 'pending' | 'accepted' | 'refused' | 'expired' | 'withdrawn' | 'done';
  readonly offeredAt: Instant;
  readonly answeredAt: Instant | null;
  /** Nobody can write to this actor: the team telephones, and owes the call. */
  readonly hasAddress: boolean;
}

/**
 * Who owes the next gesture, and since when. `team` is the member who took the request or, as long as nobody did, the
 * coordinators. The person who asks owes nothing, ever.
 */
export type Debt =
  | {
      readonly by: 'team';
      readonly what: 'decision' | 'answer' | 'next-step' | 'call-partner' | 'promise';
      readonly since: Instant;
    }
  | { readonly by: 'partner'; readonly what: 'reply' | 'follow-up'; readonly offerId: string; readonly since: Instant };

/**
 * What is owed on a request, and by whom; an empty list once it is over. A promised contact stands in place of whatever
 * else the team owes, from its day on, even when the request is over.
 */
export function whoOwes(request: RequestClock): Debt[] {
  const debts = owedByState(request);
  if (request.promisedOn === null) return debts;
  const since = new Date(`${request.promisedOn}T12:00:00Z`);
  return [{ by: 'team', what: 'promise', since }, ...debts.filter((debt) => debt.by !== 'team')];
}

function owedByState(request: RequestClock): Debt[] {
  const since = request.movedAt;
  switch (request.state) {
    case 'moderation':
      return [{ by: 'team', what: 'decision', since }];
    case 'open':
      return [{ by: 'team', what: request.answeredAt ? 'next-step' : 'answer', since }];
    case 'offered':
      return [
        ...(request.answeredAt ? [] : [{ by: 'team', what: 'answer', since } as const]),
        ...ofPartners(request.offers, 'pending')
      ];
    case 'accepted':
      return ofPartners(request.offers, 'accepted');
    default:
      return [];
  }
}

function ofPartners(offers: readonly OfferClock[], state: 'pending' | 'accepted'): Debt[] {
  return offers
    .filter((offer) => offer.state === state)
    .map((offer) => {
      const since = state === 'pending' ? offer.offeredAt : (offer.answeredAt ?? offer.offeredAt);
      if (!offer.hasAddress) return { by: 'team', what: 'call-partner', since };
      return { by: 'partner', what: state === 'pending' ? 'reply' : 'follow-up', offerId: offer.id, since };
    });
}

/**
 * How many reminders a debt that began at `since` has earned by now: one each `every` days, counted by the calendar of
 * the place so that a change of hour neither hastens nor delays one.
 */
export function remindersEarned(since: Instant, now: Instant, every: number, { timeZone }: RequestPlace): number {
  const days = daysBetween(localDate(since, timeZone), localDate(now, timeZone));
  return Math.max(0, Math.floor(days / every));
}

/** Whether nobody has spoken to the person in time; the coordinator is told once. */
export function isLate(
  request: { readonly state: RequestState; readonly answeredAt: Instant | null; readonly answerDueAt: Instant | null },
  now: Instant
): boolean {
  const waits = request.state === 'moderation' || request.state === 'open' || request.state === 'offered';
  return waits && request.answeredAt === null && request.answerDueAt !== null && request.answerDueAt < now;
}

/** How many days nothing has happened to a request. */
export function daysIdle(movedAt: Instant, now: Instant, { timeZone }: RequestPlace): number {
  return Math.max(0, daysBetween(localDate(movedAt, timeZone), localDate(now, timeZone)));
}

/** The basket of a request to which nothing has happened for `idle` days: the number of days that names it, or null. */
export function basketOf(idle: number, baskets: readonly number[]): number | null {
  return baskets.findLast((days) => idle >= days) ?? null;
}

/**
 * The day on which a request that sleeps closes with a next step; null when it does not: in moderation, where a human
 * decides, and while somebody still has a promise to keep.
 */
export function closingDay(request: RequestClock, closeAfter: number, { timeZone }: RequestPlace): LocalDate | null {
  const mayClose = request.state === 'open' || request.state === 'offered' || request.state === 'accepted';
  if (!mayClose || request.promisedOn !== null) return null;
  return plusLocalDays(localDate(request.movedAt, timeZone), closeAfter);
}

/** Whether that day has come. */
export function closesByItself(request: RequestClock, now: Instant, place: RequestPlace, closeAfter: number): boolean {
  const day = closingDay(request, closeAfter, place);
  return day !== null && localDate(now, place.timeZone) >= day;
}

const FIRST_POLITE_TIME = '08:00';
const LAST_POLITE_TIME = '20:00';

/** Whether nobody is woken by what leaves now. */
export function isPoliteTime(now: Instant, { timeZone }: RequestPlace): boolean {
  const time = localTime(now, timeZone);
  return time >= FIRST_POLITE_TIME && time < LAST_POLITE_TIME;
}

/** The last instant of a delay of `days`: the end of that day on the walls of the place. */
export function endOfDelay(from: Instant, days: number, { timeZone }: RequestPlace): Instant {
  const day = plusLocalDays(localDate(from, timeZone), days + 1);
  return new Date(instantAt(day, '00:00', timeZone).getTime() - 1);
}

/** When a link that leaves now stops working. Exact days: its reader is told the date and the hour. */
export function linkExpiry(now: Instant, days: number): Instant {
  return plusDays(now, days);
}

function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
