import { plainForm, readText } from './cells.ts';

export type DayCode = 'Mo' | 'Tu' | 'We' | 'Th' | 'Fr' | 'Sa' | 'Su';

/** What a file says of each day, as typed ("9:00 - 12:00 / 13:30 - 17:00", "-", "Sur RDV"). */
export type WeekCells = Readonly<Record<DayCode, string>>;

/**
 * OSM opening hours from one cell a day. A day that cannot be read surely is said `unknown`, with what was typed:
 * it never passes for closed. Null when no day says anything.
 */
export function hoursFromWeek(week: WeekCells): string | null {
  const days = DAYS.map((day) => ({ day, rule: ruleOfDay(week[day]) }));
  if (days.every(({ rule }) => rule === null || rule === '')) return null;
  const groups: { first: DayCode; last: DayCode; rule: string }[] = [];
  for (const [index, { day, rule }] of days.entries()) {
    if (rule === null || rule === '') continue;
    const previous = groups[groups.length - 1];
    if (previous && previous.rule === rule && previous.last === DAYS[index - 1]) previous.last = day;
    else groups.push({ first: day, last: day, rule });
  }
  return groups.map(({ first, last, rule }) => `${first === last ? first : `${first}-${last}`} ${rule}`).join('; ');
}

const DAYS: readonly DayCode[] = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

const CLOSED = new Set(['', 'ferme', 'fermee', 'closed']);
const SPAN = /^(\d{1,2})(?:[:hH](\d{2})?)\s*(?:-|–|à|a)\s*(\d{1,2})(?:[:hH](\d{2})?)$/;

/** `''`: closed. Null: nothing said. */
function ruleOfDay(cell: string): string | null {
  const text = readText(cell);
  if (text === null) return '';
  const plain = plainForm(text);
  if (CLOSED.has(plain)) return '';
  if (plain.startsWith('horaires non communique')) return null;
  const spans = text.split(/\s*(?:\/|,|;| et )\s*/).map(spanOf);
  const inOrder = spans.every((span, index) => span !== null && (index === 0 || spans[index - 1]! < span));
  return inOrder ? spans.join(',') : `unknown "${text.replace(/"/g, '’').slice(0, 100)}"`;
}

function spanOf(text: string): string | null {
  const match = SPAN.exec(text.trim());
  if (!match) return null;
  // `12:` is a truncated time: guessing its minutes would be inventing them.
  if (/:\s*$|:\s*[-–]/.test(text)) return null;
  const start = clock(match[1]!, match[2]);
  const end = clock(match[3]!, match[4]);
  return start === null || end === null || start >= end ? null : `${start}-${end}`;
}

function clock(hours: string, minutes = '00'): string | null {
  if (Number(hours) > 24 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}
