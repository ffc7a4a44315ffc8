import { parseOpeningHours } from '@terreau/calendar/opening-hours';
import { hoursFromWords } from '@terreau/calendar/typed-hours';
import { readText } from '@terreau/formats/cells';

/** Opening hours as typed, in words or in OSM syntax: the text to store, in OSM syntax, null when empty, `malformed` when they cannot be computed. */
export function readOpeningHours(raw: string): string | 'malformed' | null {
  const text = readText(raw);
  if (text === null) return null;
  const parsed = parseOpeningHours(hoursFromWords(raw) ?? text);
  return parsed.ok ? parsed.value.text : 'malformed';
}
