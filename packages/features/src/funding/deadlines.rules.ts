import { plusLocalDays, type LocalDate } from '@terreau/kernel/instants';

export const DEADLINE_KINDS = [
  'financial-report',
  'grant-request',
  'payment',
  'agreement',
  'general-meeting',
  'accounts',
  'insurance',
  'fonjep',
  'other'
] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** How long after the end of the financial year the report on a grant is due (Cerfa 15059). */
export const REPORT_AFTER_MONTHS = 6;

/** A deadline is shown in « Ma semaine » from this many days before. */
export const DEADLINE_NEAR_DAYS = 21;

/** Days before which whoever sees to it is reminded. */
export const REMINDED_BEFORE_DAYS = [21, 7, 1] as const;

/**
 * The day on which the financial report is due for a grant spent until `lastDay`, in an organisation whose financial year
 * ends on `yearEndsOn` (`12-31`): six months after the end of the year that holds that day, to the day, and from the last
 * day of a month to the last day of a month. 31-12-2024 → 30-06-2025; 31-08-2026 → 28-02-2027.
 */
export function reportDueOn(lastDay: LocalDate, yearEndsOn: string): LocalDate {
  const { endsOn } = financialYear(lastDay, yearEndsOn);
  const [year, month, day] = endsOn.split('-').map(Number) as [number, number, number];
  const wasLast = day === lastDayOf(year, month);
  const months = month - 1 + REPORT_AFTER_MONTHS;
  const dueYear = year + Math.floor(months / 12);
  const dueMonth = (months % 12) + 1;
  const last = lastDayOf(dueYear, dueMonth);
  return dateOf(dueYear, dueMonth, wasLast ? last : Math.min(day, last));
}

/** The financial year that holds `day`: 1 September to 31 August where it ends on `08-31`. */
export function financialYear(day: LocalDate, yearEndsOn: string): { startsOn: LocalDate; endsOn: LocalDate } {
  const year = Number(day.slice(0, 4));
  const isOver = yearEnd(year, yearEndsOn) < day;
  const endsOn = yearEnd(isOver ? year + 1 : year, yearEndsOn);
  return { startsOn: plusLocalDays(yearEnd(isOver ? year : year - 1, yearEndsOn), 1), endsOn };
}

/** `late`: its day is over; `near`: within three weeks. */
export function standingOf(dueOn: LocalDate, today: LocalDate): 'late' | 'near' | 'far' {
  if (dueOn < today) return 'late';
  return dueOn <= plusLocalDays(today, DEADLINE_NEAR_DAYS) ? 'near' : 'far';
}

/** The reminder that is due today for a deadline: the smallest number of days not yet passed; null: too early, or over. */
export function reminderDue(dueOn: LocalDate, today: LocalDate): number | null {
  if (dueOn < today) return null;
  return REMINDED_BEFORE_DAYS.findLast((days) => dueOn <= plusLocalDays(today, days)) ?? null;
}

/** The last day of the financial year in `year`; 29 February of a common year is its 28. */
function yearEnd(year: number, yearEndsOn: string): LocalDate {
  const [month, day] = yearEndsOn.split('-').map(Number) as [number, number];
  return dateOf(year, month, Math.min(day, lastDayOf(year, month)));
}

function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function dateOf(year: number, month: number, day: number): LocalDate {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
