import { OPENING_HOURS_MAX_CHARACTERS } from './opening-hours.ts';
import { WEEKDAYS, type Weekday } from './week.ts';

/**
 * Opening hours as people write them, in French or in English, in OSM syntax: "du lundi au vendredi : 9 h – 12 h 30 et
 * 14 h – 18 h ; samedi : fermé" gives `Mo-Fr 09:00-12:30,14:00-18:00; Sa off`. Null when a part is not understood:
 * nothing is guessed. It reads back what `describeOpeningHours` says of a plain week.
 */
export function hoursFromWords(text: string): string | null {
  if (text.length > OPENING_HOURS_MAX_CHARACTERS) return null;
  const rules = plain(text)
    .split(RULE_BREAK)
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .map(ruleOf);
  return rules.length === 0 || rules.includes(null) ? null : rules.join('; ');
}

/** Lower case, without accents, every space and every dash alike; lines stay apart. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\S\n]+/g, ' ')
    .replace(/[‐-―−]/g, '-')
    .replaceAll('’', "'");
}

const DAY_NAMES: Readonly<Record<Weekday, readonly string[]>> = {
  Mo: ['lundi', 'lun', 'lu', 'monday', 'mon', 'mo'],
  Tu: ['mardi', 'mar', 'ma', 'tuesday', 'tue', 'tu'],
  We: ['mercredi', 'mer', 'me', 'wednesday', 'wed', 'we'],
  Th: ['jeudi', 'jeu', 'je', 'thursday', 'thu', 'th'],
  Fr: ['vendredi', 'ven', 've', 'friday', 'fri', 'fr'],
  Sa: ['samedi', 'sam', 'sa', 'saturday', 'sat'],
  Su: ['dimanche', 'dim', 'di', 'sunday', 'sun', 'su']
};
const DAY = `(?:${Object.values(DAY_NAMES).flat().join('|')})s?\\b\\.?`;

/** A semicolon, a line, or a day that follows hours: "lundi 9h-12h, mardi 14h-18h". */
const RULE_BREAK = new RegExp(`[;\\n·•]|(?<=[\\dh])(?:,| et| and)? +(?=(?:le |les |du )?${DAY})`);
const MONTHLY = new RegExp(`^(.+) (${DAY}) (?:du mois|of the month)(.*)$`);
const PLACES: Readonly<Record<string, number>> = {
  '1er': 1,
  premier: 1,
  first: 1,
  '2e': 2,
  second: 2,
  '3e': 3,
  third: 3,
  '4e': 4,
  fourth: 4,
  '5e': 5,
  fifth: 5,
  dernier: -1,
  last: -1
};

function ruleOf(rule: string): string | null {
  const monthly = MONTHLY.exec(rule);
  const [, days, hours] = monthly
    ? [null, placedDay(monthly[1]!, monthly[2]!), monthly[3]!]
    : (/^(\D*?)((?:\d|midi|ferme|closed|off|toute la journee|all day|(?:a partir de|from) \d).*)$/.exec(rule) ?? []);
  if (days == null || hours === undefined) return null;
  const selected = monthly ? days : daysOf(days);
  const spans = hoursOf(hours.replace(/^[ :]+/, ''));
  return selected === null || spans === null ? null : `${selected} ${spans}`;
}

function placedDay(places: string, day: string): string | null {
  const numbers = parts(places).map((place) => PLACES[place.replace(/^(?:le|les|the) /, '')]);
  const code = dayOf(day);
  return code === null || numbers.includes(undefined) ? null : `${code}[${numbers.join(',')}]`;
}

function daysOf(text: string): string | null {
  const said = text.replace(/(?: de| from)?[ :]*$/, '').replace(/^(?:ouvert |open )/, '');
  if (/^(?:tous les jours|every day)$/.test(said)) return 'Mo-Su';
  const days = parts(said).map(daysOrRange);
  return days.length === 0 || days.includes(null) ? null : days.join(',');
}

function daysOrRange(text: string): string | null {
  if (/^(?:jours? feries?|public holidays?)$/.test(text)) return 'PH';
  const [first, last, ...more] = text.replace(/^(?:du|de|le|les|from) /, '').split(/ au | a | to | ?- ?/);
  const from = dayOf(first!);
  if (last === undefined) return from;
  const to = dayOf(last);
  return from === null || to === null || more.length > 0 ? null : `${from}-${to}`;
}

function dayOf(text: string): Weekday | null {
  const name = text.trim().replace(/\.$/, '');
  return WEEKDAYS.find((day) => DAY_NAMES[day].some((known) => name === known || name === `${known}s`)) ?? null;
}

function hoursOf(text: string): string | null {
  if (/^(?:ferme|closed|off)$/.test(text)) return 'off';
  if (/^(?:toute la journee|all day)$/.test(text)) return '00:00-24:00';
  const spans = parts(text).map(spanOf);
  return spans.length === 0 || spans.includes(null) ? null : spans.join(',');
}

const TIME = '(\\d{1,2}) ?(?:(?:h|:|heures?) ?(\\d{2})?)?|(midi|minuit|noon|midnight)';
const SPAN = new RegExp(`^(?:de |from )?(?:${TIME}) ?(?:-|a|to|jusqu'a) ?(?:${TIME})$`);
const FROM = new RegExp(`^(?:a partir de|from) (?:${TIME})$`);

function spanOf(text: string): string | null {
  const open = FROM.exec(text);
  if (open) return withPlus(timeOf(open.slice(1, 4)));
  const span = SPAN.exec(text);
  if (!span) return null;
  const [from, to] = [timeOf(span.slice(1, 4)), timeOf(span.slice(4, 7))];
  return from === null || to === null ? null : `${from}-${to}`;
}

function withPlus(time: string | null): string | null {
  return time && `${time}+`;
}

function timeOf([hours, minutes = '00', word]: (string | undefined)[]): string | null {
  if (word) return /^mi(?:nuit|dnight)$/.test(word) ? '24:00' : '12:00';
  return Number(hours) <= 24 && Number(minutes) < 60 ? `${hours!.padStart(2, '0')}:${minutes}` : null;
}

/** "a, b et c". */
function parts(text: string): string[] {
  return text
    .split(/ ?[,/] ?| et | and /)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
