import OpeningHours from 'opening_hours';
import { instantAt, localDate, localTime, plusLocalDays, type Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { publicHolidays } from './holidays.ts';
import { onWallClock, wallDate } from './wall-clock.ts';

/** Opening hours in OSM syntax (https://wiki.openstreetmap.org/wiki/FR:Key:opening_hours), once checked. */
export interface OpeningHoursText {
  /** As typed, without outer blanks. */
  readonly text: string;
  /** What the parser found doubtful, in English, for whoever maintains the data. */
  readonly warnings: readonly string[];
}

export type OpeningHoursRefusal = 'opening-hours-empty' | 'opening-hours-too-long' | 'opening-hours-malformed';

export const OPENING_HOURS_MAX_CHARACTERS = 1_000;

/** How far ahead the next change is looked for. */
export const NEXT_CHANGE_MAX_DAYS = 30;

/** Whether `text` is OSM syntax that can be computed. */
export function parseOpeningHours(text: string): Verdict<OpeningHoursText, OpeningHoursRefusal> {
  const trimmed = text.trim();
  if (trimmed === '') return refuse('opening-hours-empty');
  if (trimmed.length > OPENING_HOURS_MAX_CHARACTERS)
    return refuse('opening-hours-too-long', { maxCharacters: OPENING_HOURS_MAX_CHARACTERS });
  const hours = readHours(trimmed);
  if (hours === null) return refuse('opening-hours-malformed');
  return accept({ text: trimmed, warnings: onWallClock(() => hours.getWarnings()) });
}

export interface OpenState {
  /** `unknown` when the hours cannot be read, or say so themselves (`We unknown "sur rendez-vous"`). */
  readonly state: 'open' | 'closed' | 'unknown';
  /** When an open place closes (or stops being known). Null beyond {@link NEXT_CHANGE_MAX_DAYS}. */
  readonly until: Instant | null;
  /** When a closed place opens next. */
  readonly opensAt: Instant | null;
  /** What the hours say beside ("sur rendez-vous"). */
  readonly comment: string | null;
}

/**
 * Whether it is open at `instant` on the walls of `timeZone`, whatever the zone of the server. `PH` stands for the
 * public holidays of `departement`, or of the whole country when it is null.
 */
export function openState(
  text: string,
  instant: Instant,
  timeZone: string,
  departement: string | null = null
): OpenState {
  const date = localDate(instant, timeZone);
  const trimmed = text.trim();
  const hours =
    trimmed.length > OPENING_HOURS_MAX_CHARACTERS ? null : readHours(withHolidays(trimmed, date, departement));
  if (hours === null) return UNREADABLE;
  const now = wallDate(date, localTime(instant, timeZone));
  const limit = wallDate(plusLocalDays(date, NEXT_CHANGE_MAX_DAYS), '00:00');
  const found = onWallClock(() => {
    const state = hours.getState(now) ? 'open' : hours.getUnknown(now) ? 'unknown' : 'closed';
    return {
      state,
      change: changeOf(hours, now, limit, state)?.toISOString() ?? null,
      comment: commentOf(hours.getComment(now))
    } as const;
  });
  const at = found.change === null ? null : instantAt(found.change.slice(0, 10), found.change.slice(11, 16), timeZone);
  const closed = found.state === 'closed';
  return { state: found.state, until: closed ? null : at, opensAt: closed ? at : null, comment: found.comment };
}

/** A parsed value, or null when the library refuses it. Evaluate it inside {@link onWallClock} only. */
export function readHours(text: string): OpeningHours | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const made = parse(text);
  // Parsing takes a millisecond or two, and a list shows the same hours again and again.
  if (parsed.size >= PARSED_MAX_COUNT) parsed.clear();
  parsed.set(text, made);
  return made;
}

const PARSED_MAX_COUNT = 2_000;
const parsed = new Map<string, OpeningHours | null>();

function parse(text: string): OpeningHours | null {
  // The library knows no school holidays of France, and says so on the console each time.
  if (/\bSH\b/.test(text)) return null;
  const settings = {
    mode: 0,
    tag_key: undefined,
    map_value: undefined,
    warnings_severity: undefined,
    locale: undefined
  };
  try {
    return onWallClock(() => new OpeningHours(text, FRANCE, settings));
  } catch {
    return null;
  }
}

/**
 * `PH` replaced by the very dates of the holidays from the day before `date` to the last day that is looked at: the
 * library knows those of the country, not of each département. `Mo-Fr,PH 09:00-12:00` becomes two rules.
 */
export function withHolidays(text: string, date: string, departement: string | null): string {
  const dates = holidaysAround(date, departement);
  const rules = splitRules(text).flatMap((rule) => {
    const apart = holidaysApart(rule);
    if (apart === null) return [rule];
    const weekdays = apart.weekdays === '' ? [] : [`${apart.weekdays} ${apart.rest}`];
    return dates === '' ? weekdays : [...weekdays, `${dates} ${apart.rest}`];
  });
  return rules.length === 0 ? 'off' : rules.join('; ');
}

function holidaysAround(date: string, departement: string | null): string {
  const first = plusLocalDays(date, -1);
  const last = plusLocalDays(date, NEXT_CHANGE_MAX_DAYS);
  const years = [...new Set([first.slice(0, 4), last.slice(0, 4)])];
  return years
    .flatMap((year) => publicHolidays(Number(year), departement))
    .filter((day) => day.date >= first && day.date <= last)
    .map((day) => `${day.date.slice(0, 4)} ${MONTHS[Number(day.date.slice(5, 7)) - 1]} ${day.date.slice(8)}`)
    .join(',');
}

/** `Mo-Fr,PH 09:00-12:00` as its weekdays and what is said of them; null when the rule does not name `PH` among its days. */
export function holidaysApart(rule: string): { readonly weekdays: string; readonly rest: string } | null {
  const match = RULE_WITH_HOLIDAYS.exec(rule);
  if (!match) return null;
  const weekdays = `${match[1]}${match[2]}`.replace(/,,/g, ',').replace(/^,|,$/g, '');
  return { weekdays, rest: match[3]!.trim() };
}

/** Rules between semicolons, those inside comments left alone. */
export function splitRules(text: string): string[] {
  return (text.match(/(?:"[^"]*"|[^;"])+/g) ?? []).map((rule) => rule.trim()).filter((rule) => rule !== '');
}

const WEEKDAYS = '(?:(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?)';
const RULE_WITH_HOLIDAYS = new RegExp(`^((?:${WEEKDAYS},)*)PH((?:,${WEEKDAYS})*)(?:\\s+(.*))$`, 's');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** For a `PH` in a place that {@link withHolidays} does not rewrite, and for sunset: the middle of the country. */
const FRANCE = { lat: 46.5, lon: 2.5, address: { country_code: 'fr', state: '' } };

const UNREADABLE: OpenState = { state: 'unknown', until: null, opensAt: null, comment: null };

/** The next moment at which the state differs, skipping changes of comment alone; a closed place is waited for until it opens. */
function changeOf(hours: OpeningHours, now: Date, limit: Date, state: OpenState['state']): Date | null {
  const iterator = hours.getIterator(now);
  for (let step = 0; step < STEPS_MAX_COUNT && iterator.advance(limit); step += 1) {
    const next = iterator.getState() ? 'open' : iterator.getUnknown() ? 'unknown' : 'closed';
    if (state === 'closed' ? next === 'open' : next !== state) return iterator.getDate();
  }
  return null;
}

const STEPS_MAX_COUNT = 500;

/** The library's own English remark on hours without an end (`09:00+`) is no comment of the place. */
export function commentOf(comment: string | undefined): string | null {
  return comment === undefined || isOpenEnd(comment) ? null : comment;
}

export function isOpenEnd(comment: string | undefined): boolean {
  return comment?.startsWith('Specified as open end') ?? false;
}
