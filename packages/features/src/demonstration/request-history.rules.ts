import { workingDaysBetween } from '@terreau/calendar/working-days';
import { instantAt, localDate, plusDays, plusLocalDays, type Instant } from '@terreau/kernel/instants';
import type { RequestMove, RequestState } from '../orientation/request-life.rules.ts';
import type { DemonstrationOffer, DemonstrationRequest } from './demonstration-requests.ts';

/** One move of an invented request, as the rules of requests would have made it. */
export interface InventedMove {
  readonly move: RequestMove;
  readonly from: RequestState;
  readonly to: RequestState;
  readonly at: Instant;
  readonly as: 'person' | 'team' | 'partner' | 'platform';
  readonly reason: string | null;
}

const HOUR_MILLISECONDS = 3_600_000;
const OFFER_STANDS_DAYS = 18;

/** When an invented request was sent: so many working days, or days, before `now`; never later than `now`. */
export function sentAt(request: DemonstrationRequest, now: Instant, timeZone: string): Instant {
  if (request.sentWorkingDaysAgo === undefined) return before(now, request.sentDaysAgo ?? 0, 10);
  const today = localDate(now, timeZone);
  let day = today;
  while (workingDaysBetween(day, today) < request.sentWorkingDaysAgo) day = plusLocalDays(day, -1);
  const morning = instantAt(day, '10:00', timeZone);
  return morning < now ? morning : new Date(now.getTime() - HOUR_MILLISECONDS / 6);
}

/** The instant of a gesture made `days` ago; `rank` keeps the gestures of one day in their order. */
export function before(now: Instant, days: number, rank: number): Instant {
  return new Date(plusDays(now, -days).getTime() - rank * (HOUR_MILLISECONDS / 10));
}

/** When an offer without an answer ended. */
export function expiredAt(offer: DemonstrationOffer, now: Instant): Instant {
  return plusDays(before(now, offer.offeredDaysAgo, 5), OFFER_STANDS_DAYS);
}

/**
 * The moves through which an invented request came to its state, in the order of time. Throws when they lead to another
 * state than the one written for it: the invention contradicts itself.
 */
export function historyOf(request: DemonstrationRequest, now: Instant, timeZone: string): InventedMove[] {
  if (request.state === 'draft') return [];
  const moves: InventedMove[] = [];
  let state: RequestState = 'draft';
  for (const step of stepsOf(request, now, timeZone).toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const to: RequestState = step.to === 'same' ? state : step.to;
    moves.push({ ...step, from: state, to });
    state = to;
  }
  if (state !== request.state) throw new Error(`« ${request.sentence} » ends ${state}, not ${request.state}`);
  return moves;
}

type Step = Omit<InventedMove, 'from' | 'to'> & { readonly to: RequestState | 'same' };

function stepsOf(request: DemonstrationRequest, now: Instant, timeZone: string): Step[] {
  const sent = sentAt(request, now, timeZone);
  const isRead = request.channel !== 'page';
  const steps: Step[] = [
    { move: 'submit', to: isRead ? 'open' : 'moderation', at: sent, as: isRead ? 'team' : 'person', reason: null }
  ];
  if (!isRead && request.state !== 'moderation') {
    const read = new Date(sent.getTime() + HOUR_MILLISECONDS / 20);
    steps.push({ move: 'approve', to: 'open', at: read, as: 'team', reason: null });
  }
  if (request.answeredDaysAgo !== undefined) {
    const at = before(now, request.answeredDaysAgo, 8);
    steps.push({ move: 'answer', to: 'same', at, as: 'team', reason: 'by-phone' });
  }
  return [...steps, ...offerSteps(request.offers ?? [], now), ...endSteps(request, now)];
}

function offerSteps(offers: readonly DemonstrationOffer[], now: Instant): Step[] {
  const days = [...new Set(offers.map((offer) => offer.offeredDaysAgo))];
  const made = days.map((day): Step => {
    const kind = offers.find((offer) => offer.offeredDaysAgo === day)!.kind ?? 'offer';
    return { move: kind, to: 'offered', at: before(now, day, 5), as: 'team', reason: null };
  });
  const answered = offers.flatMap((offer): Step[] => {
    if (offer.state === 'pending') return [];
    if (offer.state === 'expired') {
      const at = expiredAt(offer, now);
      return [{ move: 'expire', to: leftAt(offers, at, offer, now), at, as: 'platform', reason: null }];
    }
    const at = before(now, offer.answeredDaysAgo!, 4);
    return offer.state === 'refused'
      ? [{ move: 'refuse', to: leftAt(offers, at, offer, now), at, as: 'partner', reason: offer.reason! }]
      : [{ move: 'accept', to: 'accepted', at, as: 'partner', reason: null }];
  });
  return [...made, ...answered];
}

/** Whether another offer still waited, or had been accepted, when this one ended. */
function leftAt(
  offers: readonly DemonstrationOffer[],
  at: Instant,
  ended: DemonstrationOffer,
  now: Instant
): RequestState | 'same' {
  const others = offers.filter((offer) => offer !== ended && before(now, offer.offeredDaysAgo, 5) <= at);
  const waits = others.some((offer) => endOf(offer, now) > at);
  const isTaken = others.some((offer) => TAKEN.has(offer.state) && endOf(offer, now) <= at);
  return isTaken ? 'same' : waits ? 'offered' : 'open';
}

const TAKEN: ReadonlySet<string> = new Set(['accepted', 'done']);

function endOf(offer: DemonstrationOffer, now: Instant): Instant {
  if (offer.state === 'pending') return now;
  return offer.state === 'expired' ? expiredAt(offer, now) : before(now, offer.answeredDaysAgo!, 4);
}

function endSteps({ state, endedDaysAgo, closeReason }: DemonstrationRequest, now: Instant): Step[] {
  if (endedDaysAgo === undefined) return [];
  const at = before(now, endedDaysAgo, 2);
  if (state === 'done') return [{ move: 'done', to: 'done', at, as: 'partner', reason: null }];
  if (state === 'withdrawn') return [{ move: 'withdraw', to: 'withdrawn', at, as: 'person', reason: null }];
  return [{ move: 'close', to: 'closed', at, as: 'team', reason: closeReason! }];
}
