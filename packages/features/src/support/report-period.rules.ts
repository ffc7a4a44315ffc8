import { plusLocalDays, type LocalDate } from '@terreau/kernel/instants';

/** How many months back a month's report may be made. */
export const MONTHS_OFFERED_COUNT = 13;

/** The first and the last day of a month, `2026-10`. */
export function daysOfMonth(month: string): { from: LocalDate; to: LocalDate } {
  const from = `${month}-01`;
  return { from, to: plusLocalDays(firstOfNext(from), -1) };
}

/** The months that may be told, the current one first. */
export function monthsUpTo(today: LocalDate): string[] {
  const months = [today.slice(0, 7)];
  while (months.length < MONTHS_OFFERED_COUNT) months.push(plusLocalDays(`${months.at(-1)!}-01`, -1).slice(0, 7));
  return months;
}

/** The month that is asked for, if it may be told; else the one that is over most lately, within its last days the current one. */
export function monthAsked(asked: string | null, today: LocalDate): string {
  const months = monthsUpTo(today);
  if (asked && months.includes(asked)) return asked;
  const isAlmostOver = plusLocalDays(today, DAYS_BEFORE_THE_END).slice(0, 7) !== months[0];
  return isAlmostOver ? months[0]! : months[1]!;
}

const DAYS_BEFORE_THE_END = 7;

function firstOfNext(firstDay: LocalDate): LocalDate {
  return `${plusLocalDays(firstDay, 31).slice(0, 7)}-01`;
}

const PERIOD_MAX_DAYS = 1100;

/** Whether a report may tell of this period: its days in order, three years at most. */
export function isReportPeriod(from: LocalDate, to: LocalDate): boolean {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
  return days >= 0 && days <= PERIOD_MAX_DAYS;
}
