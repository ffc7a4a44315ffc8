import { currentLanguage, formatLocale } from './languages.ts';

/*
 * Dates, numbers and distances in the language of the page. A date always comes with the IANA time
 * zone of its territory: nine in the morning in Mayotte is not nine in the morning in Valbrune.
 */

/** 35 000 · 35,000 */
export function formatNumber(value: number): string {
  return formatter(Intl.NumberFormat, {}).format(value);
}

/** A share between 0 and 1: 12,5 % · 12.5% */
export function formatPercent(share: number): string {
  return formatter(Intl.NumberFormat, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** Integer cents of a euro: 1 250,00 € · €1,250.00 */
export function formatMoney(cents: number): string {
  return formatter(Intl.NumberFormat, { style: 'currency', currency: 'EUR' }).format(cents / 100);
}

/** Integer cents of a euro, to the nearest euro: 1 250 € · €1,250 */
export function formatEuros(cents: number): string {
  const options = { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 } as const;
  return formatter(Intl.NumberFormat, options).format(cents / 100);
}

/** A day of each year, `12-31`: 31 décembre · 31 December */
export function formatDayOfYear(day: string): string {
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return dayInWords(new Date(`2000-${day}T12:00:00Z`), options);
}

/** Integer cents, without decimals when there are none: 1 250 € · 1 250,50 € · €1,250 */
export function formatExactEuros(cents: number): string {
  const options = { style: 'currency', currency: 'EUR' } as const;
  const digits = cents % 100 === 0 ? { maximumFractionDigits: 0 } : {};
  return formatter(Intl.NumberFormat, { ...options, ...digits }).format(cents / 100);
}

/** lundi 23 novembre 2026 · Monday 23 November 2026 */
export function formatDate(instant: Date, timeZone: string): string {
  return dayInWords(instant, { dateStyle: 'full', timeZone });
}

/** 23 nov. 2026 · 23 Nov 2026 */
export function formatShortDate(instant: Date, timeZone: string): string {
  return dayInWords(instant, { dateStyle: 'medium', timeZone });
}

/** A calendar date without a time, `2026-11-23`: 23 nov. 2026 · 23 Nov 2026 */
export function formatLocalDate(date: string): string {
  return formatShortDate(new Date(`${date}T12:00:00Z`), 'UTC');
}

/** A month, `2026-11`: novembre 2026 · November 2026 */
export function formatMonth(month: string): string {
  const options = { year: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return formatter(Intl.DateTimeFormat, options).format(new Date(`${month}-15T12:00:00Z`));
}

/** A calendar date: jeudi · Thursday when it is `near`, else jeudi 3 décembre · Thursday 3 December */
export function formatWeekday(date: string, near: boolean): string {
  const options = near ? ({ weekday: 'long' } as const) : ({ weekday: 'long', day: 'numeric', month: 'long' } as const);
  return dayInWords(new Date(`${date}T12:00:00Z`), { ...options, timeZone: 'UTC' });
}

/** 14 h 30, 9 h · 14:30, 09:00 */
export function formatTime(instant: Date, timeZone: string): string {
  const text = formatter(Intl.DateTimeFormat, { timeStyle: 'short', timeZone }).format(instant);
  if (currentLanguage() !== 'fr') return text;
  const [hour, minute] = text.split(':');
  return `${Number(hour)}\u00a0h${minute === '00' ? '' : `\u00a0${minute}`}`;
}

/** lundi · Monday, for a day within the week to come; null for any other. */
export function formatComingWeekday(instant: Date, now: Date, timeZone: string): string | null {
  const days = (dayNumber(instant, timeZone) - dayNumber(now, timeZone)) / DAY_MILLISECONDS;
  return days > 0 && days < 7 ? formatter(Intl.DateTimeFormat, { weekday: 'long', timeZone }).format(instant) : null;
}

/** "hier", "il y a 3 semaines", "dans 2 mois": whole days on the walls of the territory. */
export function formatFromNow(instant: Date, now: Date, timeZone: string): string {
  const days = Math.round((dayNumber(instant, timeZone) - dayNumber(now, timeZone)) / DAY_MILLISECONDS);
  const [amount, unit] = inLargestUnit(days);
  return new Intl.RelativeTimeFormat(formatLocale(), { numeric: 'auto' }).format(amount, unit);
}

/** Metres up to a kilometre, rounded to 50; then kilometres with one decimal. */
export function formatDistance(metres: number): string {
  const [value, unit] =
    metres < 975 ? [Math.max(50, Math.round(metres / 50) * 50), 'meter'] : [Math.round(metres / 100) / 10, 'kilometer'];
  return formatter(Intl.NumberFormat, { style: 'unit', unit: unit as string, maximumFractionDigits: 1 }).format(
    value as number
  );
}

/** "a, b et c" · "a, b and c" */
export function formatList(items: string[]): string {
  return new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format(items);
}

/** A line does not break between a day and its month. */
function dayInWords(instant: Date, options: Intl.DateTimeFormatOptions): string {
  return formatter(Intl.DateTimeFormat, options)
    .format(instant)
    .replace(/(\d|\der) (?=\p{L})/u, '$1\u00a0');
}

const DAY_MILLISECONDS = 86_400_000;
const LONGEST_IN_DAYS = 13;
const LONGEST_IN_WEEKS_DAYS = 60;
const LONGEST_IN_MONTHS_DAYS = 700;

function inLargestUnit(days: number): [number, Intl.RelativeTimeFormatUnit] {
  const size = Math.abs(days);
  if (size <= LONGEST_IN_DAYS) return [days, 'day'];
  if (size <= LONGEST_IN_WEEKS_DAYS) return [Math.round(days / 7), 'week'];
  if (size <= LONGEST_IN_MONTHS_DAYS) return [Math.round(days / 30.44), 'month'];
  return [Math.round(days / 365.25), 'year'];
}

function dayNumber(instant: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(instant);
  return Date.parse(`${parts}T00:00:00Z`);
}

const cache = new Map<string, unknown>();

/** Formatters are slow to build: one per locale and set of options. */
function formatter<Options, Formatter>(
  kind: new (locale: string, options: Options) => Formatter,
  options: Options
): Formatter {
  const key = `${kind.name}|${formatLocale()}|${JSON.stringify(options)}`;
  let found = cache.get(key) as Formatter | undefined;
  if (!found) cache.set(key, (found = new kind(formatLocale(), options)));
  return found;
}
