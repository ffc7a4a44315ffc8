import { plusLocalDays, type LocalDate } from '@terreau/kernel/instants';
import { holidayOn } from './holidays.ts';

/** Whether people work on `date`: Monday to Friday, public holidays of the département left out. */
export function isWorkingDay(date: LocalDate, departement: string | null = null): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && holidayOn(date, departement) === null;
}

/** The date that comes `count` working days after `date`; what arrives on a Sunday counts from the next working day. */
export function plusWorkingDays(date: LocalDate, count: number, departement: string | null = null): LocalDate {
  let reached = date;
  for (let left = count; left > 0;) {
    reached = plusLocalDays(reached, 1);
    if (isWorkingDay(reached, departement)) left -= 1;
  }
  return reached;
}

/** How many working days come after `from`, up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: LocalDate, to: LocalDate, departement: string | null = null): number {
  let count = 0;
  for (let day = plusLocalDays(from, 1); day <= to; day = plusLocalDays(day, 1)) {
    if (isWorkingDay(day, departement)) count += 1;
  }
  return count;
}
