import { THEME_GROUPS } from '@terreau/formats/vocabulary';
import { isId } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { dateField, textUpTo } from './dossier.schema.ts';
import { readMinutes } from './minutes.rules.ts';

export const NOTE_KINDS = ['meeting', 'visit', 'call', 'message', 'writing', 'event', 'training', 'other'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

export const NOTE_FIELD_MAX_CHARACTERS = 2000;
export const NOTE_PLACE_MAX_CHARACTERS = 200;
export const NOTE_PARTICIPANTS_MAX_COUNT = 30;
export const NOTE_THEMES_MAX_COUNT = 10;
const TYPED_MAX_CHARACTERS = 5000;

const typed = () => v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long'));
const id = v.pipe(
  typed(),
  v.check((text) => isId(text), 'malformed')
);

/** Several boxes ticked, or one, or none. */
const several = v.pipe(
  v.optional(v.union([v.array(typed()), typed()]), []),
  v.transform((value) => (Array.isArray(value) ? value : value ? [value] : []))
);

/** Minutes from what was typed; 0 to a whole day. */
export const minutesField = v.pipe(
  typed(),
  v.transform((text) => readMinutes(text)),
  v.check((minutes) => minutes !== null, 'malformed-minutes')
);

/** Families of themes; a code that is none of them is left out. */
export const themesField = v.pipe(
  several,
  v.transform((codes) => codes.filter((code) => THEME_GROUPS.some((group) => group.code === code))),
  v.maxLength(NOTE_THEMES_MAX_COUNT, 'too-many')
);

export const noteSchema = v.object({
  /** Made where it is written: the same note sent twice is one note. */
  clientId: id,
  happenedOn: v.pipe(
    dateField,
    v.check((date) => date !== null, 'missing')
  ),
  minutes: minutesField,
  kind: v.picklist(NOTE_KINDS, 'missing'),
  place: textUpTo(NOTE_PLACE_MAX_CHARACTERS),
  done: textUpTo(NOTE_FIELD_MAX_CHARACTERS),
  decided: textUpTo(NOTE_FIELD_MAX_CHARACTERS),
  toDo: textUpTo(NOTE_FIELD_MAX_CHARACTERS),
  nextOn: dateField,
  themes: themesField,
  members: v.pipe(several, v.maxLength(NOTE_PARTICIPANTS_MAX_COUNT, 'too-many')),
  /** Others who were there, by their role or organisation, one on each line. */
  others: textUpTo(1000),
  unnamed: v.pipe(
    v.optional(typed(), ''),
    v.transform((text) => (text.trim() === '' ? 0 : Number(text))),
    v.integer('malformed-count'),
    v.minValue(0, 'malformed-count'),
    v.maxValue(500, 'malformed-count')
  ),
  /** When it was written, on the clock of the device; absent: now. */
  writtenAt: v.pipe(
    v.optional(typed(), ''),
    v.transform((text) => (text === '' ? null : new Date(text))),
    v.check((instant) => instant === null || !Number.isNaN(instant.getTime()), 'malformed-date')
  ),
  offline: v.pipe(
    v.optional(typed(), ''),
    v.transform((text) => text === 'yes')
  )
});
export type NoteFields = v.InferOutput<typeof noteSchema>;
