import { MILLISECONDS_PER_DAY } from '@terreau/kernel/instants';
import {
  commentOf,
  holidaysApart,
  isOpenEnd,
  OPENING_HOURS_MAX_CHARACTERS,
  readHours,
  splitRules
} from './opening-hours.ts';
import { onWallClock, wallDate } from './wall-clock.ts';
import { WEEKDAYS, type Weekday } from './week.ts';

export type DescriptionLanguage = 'fr' | 'en';

/**
 * Opening hours in plain words, one line for the days that are alike: "lundi, mardi : 9 h – 12 h et 14 h – 17 h".
 * Days that are not named are closed. What cannot be put in words is given as typed, never dropped.
 */
export function describeOpeningHours(text: string, language: DescriptionLanguage): string[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const words = WORDS[language];
  if (trimmed.length > OPENING_HOURS_MAX_CHARACTERS) return [words.asTyped(trimmed)];
  const apart = splitRules(trimmed);
  // School holidays are said, never computed: their dates change each year and from one zone to another.
  const school = apart.filter((rule) => /^SH\b/.test(rule));
  const computed = apart.filter((rule) => !school.includes(rule)).join('; ');
  if (computed !== '' && readHours(computed) === null) return [words.asTyped(trimmed)];
  if (/^24\/7\s*(?:open)?$/.test(trimmed)) return [words.always];
  const rules = splitRules(computed).flatMap((rule) => {
    const parts = holidaysApart(rule);
    return parts === null || parts.weekdays === '' ? [rule] : [`${parts.weekdays} ${parts.rest}`, `PH ${parts.rest}`];
  });
  const holidays = rules.filter((rule) => /^PH\b/.test(rule));
  const others = rules.filter((rule) => !holidays.includes(rule));
  const seasons = others.filter((rule) => SEASON.test(rule));
  const monthly = others.filter((rule) => MONTHLY.test(rule));
  const everyWeek = others.filter((rule) => !seasons.includes(rule) && !monthly.includes(rule));
  return [
    ...describeWeek(everyWeek.join('; '), words),
    ...monthly.map((rule) => describeMonthly(rule, words)),
    ...seasons.flatMap((rule) => describeSeason(rule, words)),
    ...school.map((rule) => describeHoliday(rule, words.schoolHolidays, words)),
    ...holidays.map((rule) => describeHoliday(rule, words.holidays, words))
  ];
}

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';

/** A rule that begins with months, years or weeks rather than with a day of the week. */
const SEASON = new RegExp(`^(?:${MONTH}|\\d{4}\\b|week\\b|easter\\b)`);

/** `Sa[1,3] 10:00-12:00`: some of the Saturdays of a month. */
const MONTHLY = /^(Mo|Tu|We|Th|Fr|Sa|Su)\[(-?[1-5](?:,-?[1-5])*)\]\s+((?:\d{1,2}:\d{2}-\d{1,2}:\d{2}(?:,\s*)?)+)$/;
const MONTHS_ONLY = new RegExp(`^(${MONTH})(?:-(${MONTH}))?:?\\s+(.*)$`, 's');

/** A week far from any change of hour; holidays do not matter, their rules are told apart. */
const SAMPLE_MONDAY = '2026-06-15';

function describeWeek(text: string, words: Words): string[] {
  if (text === '') return [];
  const hours = readHours(text);
  if (hours === null) return [words.asTyped(text)];
  const days = onWallClock(() => {
    if (!hours.isWeekStable()) return null;
    return WEEKDAYS.map((day, index) => ({ day, said: describeDay(hours, index, words) }));
  });
  if (days === null) return splitRules(text).map((rule) => words.asTyped(rule));
  const groups: { days: Weekday[]; said: string }[] = [];
  for (const { day, said } of days) {
    if (said === '') continue;
    const same = groups.find((group) => group.said === said);
    if (same) same.days.push(day);
    else groups.push({ days: [day], said });
  }
  return groups.map((group) => words.line(words.days(group.days), group.said));
}

function describeDay(hours: NonNullable<ReturnType<typeof readHours>>, index: number, words: Words): string {
  const start = new Date(wallDate(SAMPLE_MONDAY, '00:00').getTime() + index * MILLISECONDS_PER_DAY);
  const end = new Date(start.getTime() + 2 * MILLISECONDS_PER_DAY);
  const nextDay = start.getTime() + MILLISECONDS_PER_DAY;
  // Looking one day further gives a night its true end; what started the day before is told there.
  const before = new Date(start.getTime() - MILLISECONDS_PER_DAY);
  const spans = hours
    .getOpenIntervals(before, end)
    .flatMap(([from, to, unknown, comment]) => daySlice(from, to, start.getTime(), nextDay, unknown, comment));
  return words.list(spans.map((span) => words.span(span)));
}

interface SaidSpan {
  /** Minutes since midnight; the end may pass 1,440. */
  readonly from: number;
  readonly to: number;
  readonly unknown: boolean;
  readonly comment: string | null;
  readonly openEnd: boolean;
}

function daySlice(
  from: Date,
  to: Date,
  start: number,
  end: number,
  unknown: boolean,
  comment: string | undefined
): SaidSpan[] {
  const wholeDays = to.getTime() - from.getTime() >= MILLISECONDS_PER_DAY;
  const first = wholeDays ? Math.max(from.getTime(), start) : from.getTime();
  const last = wholeDays ? Math.min(to.getTime(), end) : to.getTime();
  if (first < start || first >= end || last <= first) return [];
  return [
    {
      from: (first - start) / 60_000,
      to: (last - start) / 60_000,
      unknown,
      comment: commentOf(comment),
      openEnd: isOpenEnd(comment)
    }
  ];
}

function describeSeason(rule: string, words: Words): string[] {
  const match = MONTHS_ONLY.exec(rule);
  if (!match) return [words.asTyped(rule)];
  const first = MONTH_CODES.indexOf(match[1]!);
  const last = match[2] === undefined ? first : MONTH_CODES.indexOf(match[2]);
  const rest = match[3]!.trim();
  const season = words.months(first, last);
  if (/^(?:off|closed)$/.test(rest)) return [words.line(season, words.closed)];
  return describeWeek(rest, words).map((line) => `${season}, ${line}`);
}

function describeMonthly(rule: string, words: Words): string {
  const [, day, places, rest] = MONTHLY.exec(rule)!;
  const times = words.monthly(WEEKDAYS.indexOf(day as Weekday), places!.split(',').map(Number));
  return times === null ? words.asTyped(rule) : words.line(times, words.list(typedSpans(rest!, words)));
}

function describeHoliday(rule: string, name: string, words: Words): string {
  const rest = rule.replace(/^[PS]H\s*/, '');
  if (/^(?:off|closed)/.test(rest)) return words.line(name, words.closed);
  const spans = typedSpans(rest, words);
  return spans.length === 0 ? words.asTyped(rule) : words.line(name, words.list(spans));
}

function typedSpans(text: string, words: Words): string[] {
  const spans = [...text.matchAll(/(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})/g)].map((match) => ({
    from: Number(match[1]) * 60 + Number(match[2]),
    to: Number(match[3]) * 60 + Number(match[4]),
    unknown: false,
    comment: null,
    openEnd: false
  }));
  return spans.map((span) => words.span(span));
}

const MONTH_CODES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Words {
  readonly always: string;
  readonly closed: string;
  readonly holidays: string;
  readonly schoolHolidays: string;
  asTyped(text: string): string;
  line(days: string, said: string): string;
  list(spans: readonly string[]): string;
  span(span: SaidSpan): string;
  days(days: readonly Weekday[]): string;
  months(first: number, last: number): string;
  /** "1er et 3e samedis du mois"; places from the end are negative. Null when there is no word for one. */
  monthly(day: number, places: readonly number[]): string | null;
}

const DAY_NAMES = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
} as const;

const MONTH_NAMES = {
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre'
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December'
  ]
} as const;

const PLACES: Readonly<Record<DescriptionLanguage, Readonly<Record<number, string>>>> = {
  fr: { 1: '1er', 2: '2e', 3: '3e', 4: '4e', 5: '5e', [-1]: 'dernier' },
  en: { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', [-1]: 'last' }
};

function placed(
  places: readonly number[],
  names: Readonly<Record<number, string>>,
  and: string,
  rest: string
): string | null {
  const said = places.map((place) => names[place]);
  return said.every((name) => name !== undefined) ? `${joined(said as string[], and)} ${rest}` : null;
}

/** Narrow no-break space before `h` and `:`: French typography. */
const THIN = '\u202f';

const WORDS: Readonly<Record<DescriptionLanguage, Words>> = {
  fr: {
    always: 'ouvert en permanence',
    closed: 'fermé',
    holidays: 'jours fériés',
    schoolHolidays: 'vacances scolaires',
    asTyped: (text) => `horaires particuliers${THIN}: ${text}`,
    line: (days, said) => `${days}${THIN}: ${said}`,
    list: (spans) => joined(spans, 'et'),
    span: (span) => saidSpan(span, frenchTime, 'toute la journée', 'à confirmer', 'à partir de'),
    days: (days) => dayNames(days, 'fr', (first, last) => `du ${first} au ${last}`),
    months: (first, last) =>
      first === last
        ? `en ${MONTH_NAMES.fr[first]}`
        : `${/^[ao]/.test(MONTH_NAMES.fr[first]!) ? 'd’' : 'de '}${MONTH_NAMES.fr[first]} à ${MONTH_NAMES.fr[last]}`,
    monthly: (day, places) =>
      placed(places, PLACES.fr, 'et', `${DAY_NAMES.fr[day]}${places.length > 1 ? 's' : ''} du mois`)
  },
  en: {
    always: 'open at all times',
    closed: 'closed',
    holidays: 'public holidays',
    schoolHolidays: 'school holidays',
    asTyped: (text) => `particular hours: ${text}`,
    line: (days, said) => `${days}: ${said}`,
    list: (spans) => joined(spans, 'and'),
    span: (span) => saidSpan(span, englishTime, 'all day', 'to be confirmed', 'from'),
    days: (days) => dayNames(days, 'en', (first, last) => `${first} to ${last}`),
    months: (first, last) =>
      first === last ? `in ${MONTH_NAMES.en[first]}` : `from ${MONTH_NAMES.en[first]} to ${MONTH_NAMES.en[last]}`,
    monthly: (day, places) => placed(places, PLACES.en, 'and', `${DAY_NAMES.en[day]} of the month`)
  }
};

function saidSpan(
  span: SaidSpan,
  time: (minutes: number) => string,
  allDay: string,
  unsure: string,
  from: string
): string {
  if (span.openEnd) return `${from} ${time(span.from)}`;
  const whole = span.from === 0 && span.to === 1_440;
  const note = span.comment ?? (span.unknown ? unsure : null);
  // A day that is only a remark ("sur rendez-vous") has no hours to show.
  if (whole && note !== null) return note;
  const hours = whole ? allDay : `${time(span.from)}\u00a0– ${time(span.to % 1_440 === 0 ? 1_440 : span.to % 1_440)}`;
  return note === null ? hours : `${hours} (${note})`;
}

function frenchTime(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}${THIN}h${rest === 0 ? '' : `${THIN}${String(rest).padStart(2, '0')}`}`;
}

function englishTime(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

function joined(parts: readonly string[], and: string): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${and} ${parts[parts.length - 1]}`;
}

/** Three days in a row or more are a range; others are listed. */
function dayNames(
  days: readonly Weekday[],
  language: DescriptionLanguage,
  range: (first: string, last: string) => string
): string {
  const indexes = days.map((day) => WEEKDAYS.indexOf(day));
  const inRow = indexes.every((index, position) => position === 0 || index === indexes[position - 1]! + 1);
  const names = indexes.map((index) => DAY_NAMES[language][index]!);
  return inRow && names.length > 2 ? range(names[0]!, names[names.length - 1]!) : names.join(', ');
}
