import { describeOpeningHours } from '@terreau/calendar/describe';
import { openState } from '@terreau/calendar/opening-hours';
import { hoursFromWords } from '@terreau/calendar/typed-hours';
import { localDate } from '@terreau/kernel/instants';
import { formatComingWeekday, formatShortDate, formatTime } from '#lib/formats.ts';
import { currentLanguage } from '#lib/languages.ts';
import { m } from '#texts/messages.js';

/** Opening hours ready to be read: one line for the days that are alike, and what is true at this minute. */
export interface HoursInWords {
  lines: string[];
  now: OpenNow | null;
}

export interface OpenNow {
  state: 'open' | 'closed';
  text: string;
}

export function hoursInWords(openingHours: string, now: Date, timeZone: string): HoursInWords {
  return { lines: describeOpeningHours(openingHours, currentLanguage()), now: openNow(openingHours, now, timeZone) };
}

/** What a form shows of stored hours: the reader's words where they are read back as the same, else as stored. */
export function hoursToType(openingHours: string | null | undefined): string {
  if (!openingHours) return '';
  const words = describeOpeningHours(openingHours, currentLanguage()).join(' ; ');
  return hoursFromWords(words) === openingHours ? words : openingHours;
}

/** "Ouvert jusqu’à 18 h", "Fermé, ouvre lundi à 9 h"; null when the hours do not tell. */
export function openNow(openingHours: string | null, now: Date, timeZone: string): OpenNow | null {
  if (openingHours === null) return null;
  const { state, until, opensAt } = openState(openingHours, now, timeZone);
  if (state === 'unknown') return null;
  if (state === 'open') return { state, text: until ? openUntil(until, now, timeZone) : m.directory_open() };
  return { state, text: opensAt ? closedUntil(opensAt, now, timeZone) : m.directory_closed() };
}

function openUntil(instant: Date, now: Date, timeZone: string): string {
  const { time, isToday } = whenIs(instant, now, timeZone);
  return isToday ? m.directory_open_until({ time }) : m.directory_open_until_day({ time });
}

function closedUntil(instant: Date, now: Date, timeZone: string): string {
  const { time, isToday } = whenIs(instant, now, timeZone);
  return isToday ? m.directory_closed_until({ time }) : m.directory_closed_until_day({ time });
}

/** The hour alone for today; the day as well otherwise. */
function whenIs(instant: Date, now: Date, timeZone: string): { time: string; isToday: boolean } {
  const time = formatTime(instant, timeZone);
  const isToday = localDate(instant, timeZone) === localDate(now, timeZone);
  if (isToday) return { time, isToday };
  const weekday = formatComingWeekday(instant, now, timeZone);
  const text = weekday
    ? m.directory_day_at({ day: weekday, time })
    : m.directory_date_at({ day: formatShortDate(instant, timeZone), time });
  return { time: text, isToday };
}
