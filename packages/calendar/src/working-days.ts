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
