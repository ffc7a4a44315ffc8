import { MILLISECONDS_PER_DAY, plusDays, plusMonths, type Instant } from '@terreau/kernel/instants';

/** Every how many months the author promises to say "this is still true". */
export const PROMISE_MONTHS = [1, 3, 6, 12, 16] as const;
export type PromiseMonths = (typeof PROMISE_MONTHS)[number];
export const PROMISE_DEFAULT_MONTHS: PromiseMonths = 12;

/** A reminder leaves this long before a sheet becomes stale. */
export const REMINDER_LEAD_DAYS = 14;
/** How long a stale sheet is still proposed in orientation. Its author is told when the time starts, and when it ends. */
export const STALE_GRACE_DAYS = 60;
/** How long a confirmation link works. */
export const CONFIRM_LINK_DAYS = 90;

/** What a sheet says of its own truth; null dates: nobody has confirmed it yet (it came from a file). */
export interface Promised {
  readonly confirmedAt: Instant | null;
  readonly staleAt: Instant | null;
}

/** `unconfirmed`: never confirmed; `due`: to be confirmed within {@link REMINDER_LEAD_DAYS}; `stale`: the promise has passed. */
export type Freshness = 'confirmed' | 'due' | 'stale' | 'unconfirmed';

export function freshness(sheet: Promised, now: Instant): Freshness {
  if (!sheet.confirmedAt || !sheet.staleAt) return 'unconfirmed';
  if (sheet.staleAt <= now) return 'stale';
  return sheet.staleAt <= plusDays(now, REMINDER_LEAD_DAYS) ? 'due' : 'confirmed';
}

/** The dates of a sheet that is confirmed now. */
export function confirmedNow(promiseMonths: number, now: Instant): { confirmed_at: Instant; stale_at: Instant } {
  return { confirmed_at: now, stale_at: plusMonths(now, promiseMonths) };
}

/** What the daily round owes to a sheet: a word before its promise passes, one when it has, one when it leaves orientation. */
export type Round = 'soon' | 'stale' | 'dormant';

/** What is owed now to a sheet whose last word left at `remindedAt`; null when nothing is. */
export function roundOwed(
  sheet: { readonly staleAt: Instant | null; readonly remindedAt: Instant | null; readonly dormantAt: Instant | null },
  now: Instant
): Round | null {
  const { staleAt, remindedAt, dormantAt } = sheet;
  if (!staleAt || dormantAt) return null;
  const leaves = plusDays(staleAt, STALE_GRACE_DAYS);
  const toldStale = remindedAt !== null && remindedAt >= staleAt;
  // Nothing leaves orientation before its author has had the whole time after being told.
  if (toldStale && leaves <= now && plusDays(remindedAt, STALE_GRACE_DAYS) <= now) return 'dormant';
  if (staleAt <= now) return toldStale ? null : 'stale';
  const announced = plusDays(staleAt, -REMINDER_LEAD_DAYS);
  if (announced > now) return null;
  return remindedAt !== null && remindedAt >= announced ? null : 'soon';
}

/** Whole days from `now` to `instant`, at least zero: "in 12 days". */
export function daysUntil(instant: Instant, now: Instant): number {
  return Math.max(0, Math.ceil((instant.getTime() - now.getTime()) / MILLISECONDS_PER_DAY));
}
