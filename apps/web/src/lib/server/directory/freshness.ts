import { freshness, type Promised } from '@terreau/features/directory/freshness.rules';
import { formatShortDate } from '#lib/formats.ts';
import { m } from '#texts/messages.js';

export interface FreshnessWords {
  tone: 'good' | 'wait' | 'owed';
  text: string;
}

/** What a sheet says of its own truth, dated. */
export function freshnessInWords(sheet: Promised, now: Date, timeZone: string): FreshnessWords {
  const state = freshness(sheet, now);
  if (state === 'unconfirmed') return { tone: 'wait', text: m.directory_unconfirmed() };
  const date = formatShortDate(sheet.confirmedAt!, timeZone);
  if (state === 'stale') return { tone: 'owed', text: m.directory_stale({ date }) };
  return { tone: 'good', text: m.directory_confirmed_on({ date }) };
}
