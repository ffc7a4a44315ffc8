import { fail } from '@sveltejs/kit';
import type { AnswerRefusal, AnswerWay, AppointmentAnswer } from '@terreau/features/support/appointment-answer.rules';
import type {
  AppointmentMove,
  AppointmentMoveRefusal,
  AppointmentState,
  AppointmentWay
} from '@terreau/features/support/appointment.rules';
import type { ListedAppointment } from '@terreau/features/support/list-appointments.query';
import type { SaveAppointmentRefusal } from '@terreau/features/support/save-appointment.command';
import type { BaseIssue } from 'valibot';
import { m } from '#texts/messages.js';
import { failFields, type SentBack } from './words.ts';

/* The codes of appointments in the language of the page. A missing text does not compile. */

export const WAY_WORDS: Readonly<Record<AppointmentWay, () => string>> = {
  place: m.support_appointments_way_place,
  phone: m.support_appointments_way_phone,
  video: m.support_appointments_way_video,
  home: m.support_appointments_way_home
};

export const APPOINTMENT_STATE_WORDS: Readonly<Record<AppointmentState, () => string>> = {
  proposed: m.support_appointments_state_proposed,
  confirmed: m.support_appointments_state_confirmed,
  seen: m.support_appointments_state_seen,
  excused: m.support_appointments_state_excused,
  cancelled: m.support_appointments_state_cancelled,
  missed: m.support_appointments_state_missed
};

export const APPOINTMENT_MOVE_WORDS: Readonly<Record<AppointmentMove, () => string>> = {
  confirm: m.support_appointments_move_confirm,
  seen: m.support_appointments_move_seen,
  excused: m.support_appointments_move_excused,
  cancel: m.support_appointments_move_cancel,
  missed: m.support_appointments_move_missed
};

export const ANSWER_WORDS: Readonly<Record<AppointmentAnswer, () => string>> = {
  yes: m.support_appointments_answer_yes,
  perhaps: m.support_appointments_answer_perhaps,
  no: m.support_appointments_answer_no
};

/** What somebody said, and that it was said aloud where somebody else typed it. */
export function answerInWords(answer: AppointmentAnswer | null, through: AnswerWay | null): string {
  if (!answer) return m.support_appointments_answer_none();
  const said = ANSWER_WORDS[answer]();
  return through === 'aloud' ? m.support_appointments_answer_aloud({ answer: said }) : said;
}

/** A place by its name, or how they meet. */
export function whereOf({ way, place }: Pick<ListedAppointment, 'way' | 'place'>): string {
  return way === 'place' ? (place ?? WAY_WORDS.place()) : WAY_WORDS[way]();
}

type Refusal = Exclude<SaveAppointmentRefusal | AppointmentMoveRefusal | AnswerRefusal, 'not-found'>;

const REFUSAL_WORDS: Readonly<Record<Refusal, () => string>> = {
  'appointment-over': m.support_appointments_refusal_appointment_over,
  'appointment-past': m.support_appointments_refusal_appointment_past,
  'appointment-too-far': m.support_appointments_refusal_appointment_too_far,
  'nobody-invited': m.support_appointments_refusal_nobody_invited,
  'appointment-conflict': m.support_appointments_refusal_appointment_conflict,
  'appointment-to-come': m.support_appointments_refusal_appointment_to_come,
  'answer-too-late': m.support_appointments_refusal_answer_too_late,
  'appointment-changed': m.support_appointments_refusal_appointment_changed,
  'move-not-yours': m.support_appointments_refusal_move_not_yours
};

const FIELD_OF: Partial<Record<Refusal, string>> = {
  'appointment-past': 'date',
  'appointment-too-far': 'date',
  'nobody-invited': 'members',
  'appointment-conflict': 'despite'
};

/** A form sent back with a refusal, at its field or for the whole form; what was typed stays. */
export function failAppointment(code: Refusal, values: SentBack['values']) {
  return fail(409, { values, errors: { [FIELD_OF[code] ?? '']: REFUSAL_WORDS[code]() } } satisfies SentBack);
}

/** A form sent back with what its fields lack; an hour and a duration have words of their own. */
export function failAppointmentFields(issues: readonly BaseIssue<unknown>[], values: SentBack['values']) {
  const sent = failFields(issues, values);
  const own: Record<string, string> = {};
  for (const issue of issues) {
    if (issue.message === 'malformed-time') own['time'] = m.support_appointments_problem_time();
    if (issue.message === 'malformed-minutes') own['minutes'] = m.support_appointments_problem_minutes();
  }
  return fail(422, { values, errors: { ...sent.data.errors, ...own } } satisfies SentBack);
}
