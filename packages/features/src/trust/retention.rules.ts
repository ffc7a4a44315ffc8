import { plusDays, plusMonths, type Instant } from '@terreau/kernel/instants';

/* How long things are kept. Each figure has its source in the duties of the trade (CNIL's guidance on durations). */

/** An address that nobody confirmed. */
export const UNCONFIRMED_ACCOUNT_DAYS = 30;
/** An account that nobody uses: two warnings, then it goes. */
export const INACTIVE_ACCOUNT_MONTHS = 24;
export const FIRST_WARNING_DAYS_BEFORE = 60;
export const SECOND_WARNING_DAYS_BEFORE = 15;
/** What somebody began to type at the door and never sent. */
export const DRAFT_DAYS = 30;
/** A person without an account, after the last contact. */
export const PERSON_MONTHS = 24;
/** The words of a dossier, after the last contact; whoever accompanies it is warned before. */
const DOSSIER_MONTHS = 24;
const DOSSIER_WARNING_DAYS_BEFORE = 60;
const DOSSIER_WARNED_DAYS = 30;
/** Names and words of flags, corrections and decisions. */
export const MODERATION_MONTHS = 12;
/** Authors in the journal; withdrawn skills and consents; invitations that are over. */
export const JOURNAL_MONTHS = 12;
export const WITHDRAWN_MONTHS = 12;
export const INVITATION_MONTHS = 12;
/** The words of a message that left; then what remains of it. */
export const MESSAGE_BODY_DAYS = 7;
export const MESSAGE_MONTHS = 12;
/** The contents of an imported file. */
export const IMPORT_CONTENT_DAYS = 30;
export const RATE_LIMIT_DAYS = 1;
/** An alert that nobody said yes to. */
export const UNCONFIRMED_SEARCH_DAYS = 7;

/** The instants before which each kind of row is out of date, at `now`. */
export function limits(now: Instant) {
  return {
    unconfirmedAccount: plusDays(now, -UNCONFIRMED_ACCOUNT_DAYS),
    draft: plusDays(now, -DRAFT_DAYS),
    person: plusMonths(now, -PERSON_MONTHS),
    moderation: plusMonths(now, -MODERATION_MONTHS),
    journal: plusMonths(now, -JOURNAL_MONTHS),
    withdrawn: plusMonths(now, -WITHDRAWN_MONTHS),
    invitation: plusMonths(now, -INVITATION_MONTHS),
    messageBody: plusDays(now, -MESSAGE_BODY_DAYS),
    message: plusMonths(now, -MESSAGE_MONTHS),
    importContent: plusDays(now, -IMPORT_CONTENT_DAYS),
    rateLimit: plusDays(now, -RATE_LIMIT_DAYS),
    unconfirmedSearch: plusDays(now, -UNCONFIRMED_SEARCH_DAYS)
  };
}

export interface AccountUse {
  /** The last visit, or the opening of the account when there was none. */
  readonly lastUsedAt: Instant;
  readonly warnings: number;
  readonly warnedAt: Instant | null;
}

export type InactivityStep = 'none' | 'start-over' | 'first-warning' | 'second-warning' | 'erase';

/**
 * What an account's silence calls for at `now`. Nothing is erased without two warnings, and never sooner after the
 * second than it announced, however late the nightly job comes.
 */
export function inactivityStep({ lastUsedAt, warnings, warnedAt }: AccountUse, now: Instant): InactivityStep {
  const end = plusMonths(lastUsedAt, INACTIVE_ACCOUNT_MONTHS);
  if (warnedAt !== null && lastUsedAt > warnedAt) return 'start-over';
  if (warnings === 0) return now >= plusDays(end, -FIRST_WARNING_DAYS_BEFORE) ? 'first-warning' : 'none';
  const between = FIRST_WARNING_DAYS_BEFORE - SECOND_WARNING_DAYS_BEFORE;
  if (warnings === 1) return warnedAt && now >= plusDays(warnedAt, between) ? 'second-warning' : 'none';
  return warnedAt && now >= end && now >= plusDays(warnedAt, SECOND_WARNING_DAYS_BEFORE) ? 'erase' : 'none';
}

export interface DossierContact {
  readonly lastContactAt: Instant;
  readonly warnedAt: Instant | null;
}

export type DossierStep = 'none' | 'warn' | 'erase';

/**
 * What the silence of a dossier calls for at `now`: a warning to whoever accompanies it, then its words go; never sooner
 * than thirty days after the warning, and not if somebody was met since.
 */
export function dossierStep({ lastContactAt, warnedAt }: DossierContact, now: Instant): DossierStep {
  const end = plusMonths(lastContactAt, DOSSIER_MONTHS);
  const isWarned = warnedAt !== null && warnedAt > lastContactAt;
  if (!isWarned) return now >= plusDays(end, -DOSSIER_WARNING_DAYS_BEFORE) ? 'warn' : 'none';
  return now >= end && now >= plusDays(warnedAt, DOSSIER_WARNED_DAYS) ? 'erase' : 'none';
}
