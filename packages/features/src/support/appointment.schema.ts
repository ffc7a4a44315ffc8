import { isId } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { APPOINTMENT_ANSWERS } from './appointment-answer.rules.ts';
import { APPOINTMENT_MOVES, APPOINTMENT_WAYS } from './appointment.rules.ts';
import { dateField, textUpTo } from './dossier.schema.ts';
import { readMinutes } from './minutes.rules.ts';

export const APPOINTMENT_MIN_MINUTES = 5;
export const APPOINTMENT_MAX_MINUTES = 600;
export const APPOINTMENT_TEXT_MAX_CHARACTERS = 200;
export const APPOINTMENT_REASON_MAX_CHARACTERS = 300;
const PEOPLE_MAX_COUNT = 30;

const typed = () => v.pipe(v.string(), v.maxLength(1000, 'too-long'));

/** Boxes that were ticked, ids alone. */
const several = v.pipe(
  v.optional(v.union([v.pipe(v.array(typed()), v.maxLength(PEOPLE_MAX_COUNT, 'too-many')), typed()]), []),
  v.transform((value) => (Array.isArray(value) ? value : [value]).filter((text) => isId(text)))
);

export const appointmentSchema = v.object({
  date: v.pipe(
    dateField,
    v.check((date) => date !== null, 'missing')
  ),
  time: v.pipe(typed(), v.trim(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'malformed-time')),
  minutes: v.pipe(
    typed(),
    v.transform(readMinutes),
    v.check(
      (minutes) => minutes !== null && minutes >= APPOINTMENT_MIN_MINUTES && minutes <= APPOINTMENT_MAX_MINUTES,
      'malformed-minutes'
    )
  ),
  way: v.picklist(APPOINTMENT_WAYS, 'missing'),
  place: textUpTo(APPOINTMENT_TEXT_MAX_CHARACTERS),
  about: textUpTo(APPOINTMENT_TEXT_MAX_CHARACTERS),
  members: several,
  /** Those who agreed to a text message the day before. */
  smsTo: several,
  /** Agreed already, aloud or on paper: it is confirmed at once. */
  agreed: v.pipe(
    v.optional(typed(), ''),
    v.transform((text) => text === 'yes')
  ),
  /** Kept although another appointment of one's own is at the same time. */
  despite: v.pipe(
    v.optional(typed(), ''),
    v.transform((text) => text === 'yes')
  )
});
export type AppointmentFields = v.InferOutput<typeof appointmentSchema>;

export const appointmentMoveSchema = v.object({
  appointment: v.pipe(
    typed(),
    v.check((text) => isId(text), 'missing')
  ),
  move: v.picklist(APPOINTMENT_MOVES, 'missing'),
  reason: textUpTo(APPOINTMENT_REASON_MAX_CHARACTERS)
});
export type AppointmentMoveFields = v.InferOutput<typeof appointmentMoveSchema>;

export const appointmentAnswerSchema = v.object({
  member: v.pipe(
    typed(),
    v.check((text) => isId(text), 'missing')
  ),
  answer: v.picklist(APPOINTMENT_ANSWERS, 'missing'),
  /** The hour that was read: what has changed since is read again first. */
  startsAt: typed()
});
export type AppointmentAnswerFields = v.InferOutput<typeof appointmentAnswerSchema>;

/** The same, behind the link of a mail, which says whose answer it is. */
export const linkedAnswerSchema = v.omit(appointmentAnswerSchema, ['member']);
