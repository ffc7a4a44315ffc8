import type { LocalDate } from '@terreau/kernel/instants';

/** How long a look at the source of a funding sheet is believed; the database computes `proposed_until` from it. */
export const FUNDING_CHECK_DAYS = 90;

/** The dates of a sheet, as its row holds them. */
export interface SupportDates {
  readonly kind: string;
  readonly opensOn: LocalDate | null;
  readonly closesOn: LocalDate | null;
  readonly checkedOn: LocalDate | null;
  /** The last day on which it is proposed; null: no end. */
  readonly proposedUntil: LocalDate | null;
}

/**
 * `past`: its deadline is over; `unchecked`: funding that nobody compared with its source; `stale`: checked too long ago, or
 * its organisation no longer confirms its own sheet; `not-yet`: it opens later. Only `current` is proposed to somebody.
 */
export type SupportStanding = 'current' | 'not-yet' | 'past' | 'unchecked' | 'stale';

export function standingOf(sheet: SupportDates, today: LocalDate): SupportStanding {
  if (sheet.closesOn !== null && sheet.closesOn < today) return 'past';
  if (sheet.proposedUntil !== null && sheet.proposedUntil < today)
    return sheet.kind === 'funding' && sheet.checkedOn === null ? 'unchecked' : 'stale';
  return sheet.opensOn !== null && sheet.opensOn > today ? 'not-yet' : 'current';
}
