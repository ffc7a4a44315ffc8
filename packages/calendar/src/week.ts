/** A day as OSM writes it. */
export type Weekday = (typeof WEEKDAYS)[number];
export const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

/** Wall-clock times `HH:MM`; `end` may be `24:00`. */
export interface Span {
  readonly start: string;
  readonly end: string;
}

/** What a form of days and slots holds. A day without a span is closed. */
export interface Week {
  readonly days: Readonly<Record<Weekday, readonly Span[]>>;
  readonly closedOnHolidays: boolean;
}

export const SPANS_PER_DAY_MAX_COUNT = 6;

/** OSM syntax of a week, days with the same spans together: `Mo-Fr 09:00-12:00,14:00-17:00; PH off`. Empty when always closed. */
export function openingHoursOf(week: Week): string {
  const groups: { days: Weekday[]; spans: string }[] = [];
  for (const day of WEEKDAYS) {
    const spans = week.days[day].map(({ start, end }) => `${start}-${end}`).join(',');
    if (spans === '') continue;
    const same = groups.find((group) => group.spans === spans);
    if (same) same.days.push(day);
    else groups.push({ days: [day], spans });
  }
  if (groups.length === 0) return '';
  const rules = groups.map(({ days, spans }) => `${daysText(days)} ${spans}`);
  return [...rules, ...(week.closedOnHolidays ? ['PH off'] : [])].join('; ');
}

/** The week that `text` says, or null when it says more than a form of days and slots can hold. */
export function weekOf(text: string): Week | null {
  const days: Record<Weekday, Span[]> = { Mo: [], Tu: [], We: [], Th: [], Fr: [], Sa: [], Su: [] };
  let closedOnHolidays = false;
  for (const rule of text.split(';').map((part) => part.trim())) {
    if (rule === '') continue;
    if (/^PH\s+(?:off|closed)$/.test(rule)) {
      closedOnHolidays = true;
      continue;
    }
    const match = /^([A-Za-z,\- ]+?)\s+([\d:,\- ]+|off|closed)$/.exec(rule);
    const selected = match ? daysIn(match[1]!) : null;
    const spans = match ? spansIn(match[2]!) : null;
    if (selected === null || spans === null) return null;
    // A later rule replaces an earlier one on the days that it names.
    for (const day of selected) days[day] = spans;
  }
  return { days, closedOnHolidays };
}

/** Spans that end before they start, or overlap, as the days that hold them: what a form must show. */
export function faultyDays(week: Week): Weekday[] {
  return WEEKDAYS.filter((day) => {
    const spans = week.days[day];
    const broken = spans.some(({ start, end }) => !isTime(start) || !isTime(end) || start >= end);
    return (
      broken ||
      spans.length > SPANS_PER_DAY_MAX_COUNT ||
      spans.some((span, index) => index > 0 && span.start < spans[index - 1]!.end)
    );
  });
}

function daysText(days: readonly Weekday[]): string {
  const runs: Weekday[][] = [];
  for (const day of days) {
    const run = runs[runs.length - 1];
    const follows = run && WEEKDAYS.indexOf(day) === WEEKDAYS.indexOf(run[run.length - 1]!) + 1;
    if (follows) run.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => (run.length < 3 ? run.join(',') : `${run[0]}-${run[run.length - 1]}`)).join(',');
}

function daysIn(text: string): Weekday[] | null {
  const days: Weekday[] = [];
  for (const part of text.replace(/\s/g, '').split(',')) {
    const [from, to, extra] = part.split('-');
    const first = WEEKDAYS.indexOf(from as Weekday);
    const last = to === undefined ? first : WEEKDAYS.indexOf(to as Weekday);
    if (first === -1 || last === -1 || extra !== undefined) return null;
    // `Sa-Mo` runs over Sunday.
    const length = ((last - first + 7) % 7) + 1;
    for (let step = 0; step < length; step += 1) days.push(WEEKDAYS[(first + step) % 7]!);
  }
  return days;
}

function spansIn(text: string): Span[] | null {
  if (/^(?:off|closed)$/.test(text)) return [];
  const spans = text
    .replace(/\s/g, '')
    .split(',')
    .map((part) => /^(\d{1,2}:\d{2})-(\d{1,2}:\d{2})$/.exec(part));
  const read = spans.map((match) =>
    match ? { start: match[1]!.padStart(5, '0'), end: match[2]!.padStart(5, '0') } : null
  );
  const sound = read.every((span) => span !== null && isTime(span.start) && isTime(span.end) && span.start < span.end);
  return sound && read.length <= SPANS_PER_DAY_MAX_COUNT ? (read as Span[]) : null;
}

function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);
}
