import type { Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { CircleRole } from './dossier-life.rules.ts';

/*
 * The life of an appointment: proposed → confirmed → seen; from either of the first two, excused (somebody said that
 * they cannot), cancelled, or missed (nobody said anything, and somebody waited).
 */

export const APPOINTMENT_STATES = ['proposed', 'confirmed', 'seen', 'excused', 'cancelled', 'missed'] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

export const APPOINTMENT_WAYS = ['place', 'phone', 'video', 'home'] as const;
export type AppointmentWay = (typeof APPOINTMENT_WAYS)[number];

/** States in which it is still to come, or still to be said what came of it. */
export const OPEN_STATES: readonly AppointmentState[] = ['proposed', 'confirmed'];

export const APPOINTMENT_MOVES = ['confirm', 'seen', 'excused', 'cancel', 'missed'] as const;
export type AppointmentMove = (typeof APPOINTMENT_MOVES)[number];

const MOVE_TO: Readonly<Record<AppointmentMove, AppointmentState>> = {
  confirm: 'confirmed',
  seen: 'seen',
  excused: 'excused',
  cancel: 'cancelled',
  missed: 'missed'
};

/** What came of it is said by those who advise, once its hour has come. */
const AFTER_ITS_HOUR: readonly AppointmentMove[] = ['seen', 'missed'];
const ADVISING: readonly CircleRole[] = ['facilitator', 'expert'];

export type AppointmentMoveRefusal = 'appointment-over' | 'appointment-to-come' | 'appointment-past' | 'move-not-yours';

/** The state that a move leads to, for somebody with this place in the circle, at the instant `now`. */
export function checkAppointmentMove(
  { state, startsAt }: { readonly state: AppointmentState; readonly startsAt: Instant },
  role: CircleRole,
  move: AppointmentMove,
  now: Instant
): Verdict<AppointmentState, AppointmentMoveRefusal> {
  if (!OPEN_STATES.includes(state)) return refuse('appointment-over');
  if (AFTER_ITS_HOUR.includes(move)) {
    if (!ADVISING.includes(role)) return refuse('move-not-yours');
    if (startsAt > now) return refuse('appointment-to-come');
  }
  if (move === 'confirm') {
    if (state === 'confirmed') return refuse('appointment-over');
    if (startsAt <= now) return refuse('appointment-past');
  }
  return accept(MOVE_TO[move]);
}

/** The moves that may be tried now, in the order in which they are offered. */
export function appointmentMoves(
  appointment: { readonly state: AppointmentState; readonly startsAt: Instant },
  role: CircleRole,
  now: Instant
): AppointmentMove[] {
  return APPOINTMENT_MOVES.filter((move) => checkAppointmentMove(appointment, role, move, now).ok);
}

/** Whether a change or an end of it is still told to calendars: what is over stays in them as it was. */
export function tellsCalendars(startsAt: Instant, now: Instant): boolean {
  return startsAt > now;
}
