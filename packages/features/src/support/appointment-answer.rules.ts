import type { Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { OPEN_STATES, type AppointmentState } from './appointment.rules.ts';

/* What somebody who is invited says: yes, perhaps, or no; by themselves, or aloud to whoever accompanies. */

export const APPOINTMENT_ANSWERS = ['yes', 'perhaps', 'no'] as const;
export type AppointmentAnswer = (typeof APPOINTMENT_ANSWERS)[number];

/** On the page of the dossier, by the link of a mail, or aloud: somebody else typed it. */
export type AnswerWay = 'page' | 'link' | 'aloud';

export type AnswerRefusal = 'answer-too-late' | 'appointment-changed';

/** Whether it may still be answered at `now`, by somebody who read that it is at `readStartsAt` (an ISO instant). */
export function checkAnswer(
  appointment: { readonly state: AppointmentState; readonly startsAt: Instant },
  readStartsAt: string,
  now: Instant
): Verdict<undefined, AnswerRefusal> {
  if (!mayBeAnswered(appointment, now)) return refuse('answer-too-late');
  if (appointment.startsAt.toISOString() !== readStartsAt) return refuse('appointment-changed');
  return accept();
}

/** What is over, or called off, is no longer answered. */
export function mayBeAnswered(
  { state, startsAt }: { readonly state: AppointmentState; readonly startsAt: Instant },
  now: Instant
): boolean {
  return OPEN_STATES.includes(state) && startsAt > now;
}

interface Meeting {
  readonly startsAt: Instant;
  readonly minutes: number;
  readonly way: string;
  readonly place: string | null;
}

/** Whether an answer to the one still holds for the other: not when its hour, its length or its place is another. */
export function isSameMeeting(one: Meeting, other: Meeting): boolean {
  return (
    one.startsAt.getTime() === other.startsAt.getTime() &&
    one.minutes === other.minutes &&
    one.way === other.way &&
    one.place === other.place
  );
}
