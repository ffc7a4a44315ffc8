import { m } from '#texts/messages.js';

const MINUTES_PER_HOUR = 60;

/** 75 → « 1 h 15 » ; 60 → « 1 h » ; 45 → « 45 min » */
export function durationInWords(minutes: number): string {
  const hours = Math.floor(minutes / MINUTES_PER_HOUR);
  if (hours === 0) return m.support_note_duration_minutes({ minutes });
  if (minutes % MINUTES_PER_HOUR === 0) return m.support_note_duration_hours({ hours });
  return m.support_note_duration({ hours, minutes: String(minutes % MINUTES_PER_HOUR).padStart(2, '0') });
}
