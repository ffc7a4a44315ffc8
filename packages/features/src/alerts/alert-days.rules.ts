import { localDate, localTime, plusLocalDays, type Instant, type LocalDate } from '@terreau/kernel/instants';
import type { Frequency } from './alerts.schema.ts';

/** News leave in the morning of the territory, and never at night. */
const FIRST_TIME = '08:00';
const LAST_TIME = '20:00';

/**
 * Whether the news since `lookedAt` are due at `now`, on the clocks and the calendar of the territory: a change of hour
 * neither skips nor doubles a day, and whoever asks for a month gets the same day of the next one, or its last.
 */
export function isAlertDue(frequency: Frequency, lookedAt: Instant, now: Instant, timeZone: string): boolean {
  if (frequency === 'never') return false;
  const time = localTime(now, timeZone);
  if (time < FIRST_TIME || time >= LAST_TIME) return false;
  return localDate(now, timeZone) >= nextDay(frequency, localDate(lookedAt, timeZone));
}

function nextDay(frequency: Exclude<Frequency, 'never'>, from: LocalDate): LocalDate {
  if (frequency === 'daily') return plusLocalDays(from, 1);
  return frequency === 'weekly' ? plusLocalDays(from, 7) : plusLocalMonth(from);
}

/** The same day of the next month; the last one where it has none (31 January gives 28 February). */
function plusLocalMonth(from: LocalDate): LocalDate {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, last))).toISOString().slice(0, 10);
}
