import { plusMonths, type Instant, type LocalDate } from '@terreau/kernel/instants';
import type { DossierState } from './dossier-life.rules.ts';

/** When the structure says how it went: at the end, then at the check-ups. */
export const FEEDBACK_MOMENTS = ['closing', '6', '12', '24'] as const;
export type FeedbackMoment = (typeof FEEDBACK_MOMENTS)[number];

/** Answers to the three questions. */
export const FEEDBACK_ANSWERS = ['yes', 'partly', 'no'] as const;
export type FeedbackAnswer = (typeof FEEDBACK_ANSWERS)[number];

const FIRST_CHECK_UP_MONTHS = 12;
const SECOND_CHECK_UP_MONTHS = 24;

/**
 * The next contact to propose with the next move: twelve months after an end that comes today, twenty-four after the end
 * once the first check-up is done; else the one that stands.
 */
export function proposedContact(
  dossier: {
    readonly state: DossierState;
    readonly closedOn: LocalDate | null;
    readonly nextContactOn: LocalDate | null;
  },
  today: LocalDate
): LocalDate | null {
  if (dossier.state === 'review') return monthsAfter(today, FIRST_CHECK_UP_MONTHS);
  if (dossier.state === 'closed') return monthsAfter(dossier.closedOn ?? today, SECOND_CHECK_UP_MONTHS);
  return dossier.nextContactOn;
}

/** The moment of which an answer given now tells. */
export function momentOf(state: DossierState, closedOn: LocalDate | null, today: LocalDate): FeedbackMoment | null {
  if (state === 'review') return 'closing';
  if (!closedOn || !['closed', 'check-up-12', 'check-up-24'].includes(state)) return null;
  const passed = (months: number) => monthsAfter(closedOn, months) <= today;
  if (state === 'check-up-24' || passed(SECOND_CHECK_UP_MONTHS - MARGIN_MONTHS)) return '24';
  if (state === 'check-up-12' || passed(FIRST_CHECK_UP_MONTHS - MARGIN_MONTHS)) return '12';
  return passed(HALF_YEAR_MONTHS - MARGIN_MONTHS) ? '6' : 'closing';
}

/** Whether the diagnosis is to be proposed again: N, then N+1 and N+2, a year apart. Null: it was never begun. */
export function isDiagnosisDue(lastOpenedAt: Instant | null, now: Instant): boolean {
  return lastOpenedAt !== null && plusMonths(lastOpenedAt, FIRST_CHECK_UP_MONTHS) <= now;
}

const HALF_YEAR_MONTHS = 6;
/** A check-up may come a little before its date. */
const MARGIN_MONTHS = 1;

function monthsAfter(day: LocalDate, months: number): LocalDate {
  return plusMonths(new Date(`${day}T12:00:00Z`), months)
    .toISOString()
    .slice(0, 10);
}
