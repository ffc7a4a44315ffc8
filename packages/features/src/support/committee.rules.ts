import { plusLocalDays, type LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/*
 * The support committee: an agenda of dossiers of which the structure agreed to show something, opinions that bind nobody,
 * minutes, decisions and tasks. Read by its members from the day of the agenda until thirty days after.
 */

export const AGENDA_READ_DAYS = 30;

export const COMMITTEE_ROLES = ['coordination', 'expert', 'funder', 'partner', 'resident'] as const;
export type CommitteeRole = (typeof COMMITTEE_ROLES)[number];

export const CONSENT_CHANNELS = ['page', 'oral', 'phone', 'paper'] as const;
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

/** `preparing`: the agenda is not out; `agenda`: it is read; `held`: the day has come; `shut`: nobody of it reads any more. */
export const COMMITTEE_PHASES = ['preparing', 'agenda', 'held', 'shut'] as const;
export type CommitteePhase = (typeof COMMITTEE_PHASES)[number];

export interface CommitteeDays {
  readonly agendaOn: LocalDate;
  readonly heldOn: LocalDate;
}

export function committeePhase({ agendaOn, heldOn }: CommitteeDays, today: LocalDate): CommitteePhase {
  if (today > plusLocalDays(agendaOn, AGENDA_READ_DAYS)) return 'shut';
  if (today >= heldOn) return 'held';
  return today >= agendaOn ? 'agenda' : 'preparing';
}

/** As what somebody stands before a committee: who prepares it, who sits in it, or the circle of a dossier on its agenda. */
export const COMMITTEE_PLACES = ['organizer', 'member', 'circle'] as const;
export type CommitteePlace = (typeof COMMITTEE_PLACES)[number];

export const COMMITTEE_MOVES = [
  'seat',
  'put-on-agenda',
  'give-opinion',
  'write-minutes',
  'add-task',
  'finish-task'
] as const;
export type CommitteeMove = (typeof COMMITTEE_MOVES)[number];

const MOVE_RULES: Readonly<
  Record<CommitteeMove, { readonly from: readonly CommitteePhase[]; readonly by: readonly CommitteePlace[] }>
> = {
  seat: { from: ['preparing', 'agenda', 'held'], by: ['organizer'] },
  'put-on-agenda': { from: ['preparing', 'agenda'], by: ['circle'] },
  'give-opinion': { from: ['agenda', 'held'], by: ['organizer', 'member'] },
  'write-minutes': { from: ['held'], by: ['organizer'] },
  'add-task': { from: ['held'], by: ['organizer'] },
  'finish-task': { from: ['held'], by: ['organizer', 'member'] }
};

export type CommitteeMoveRefusal = 'committee-not-now' | 'committee-not-yours';

/** Whether somebody who stands in one of `places` may do this in this phase. */
export function checkCommitteeMove(
  phase: CommitteePhase,
  places: readonly CommitteePlace[],
  move: CommitteeMove
): Verdict<undefined, CommitteeMoveRefusal> {
  const { from, by } = MOVE_RULES[move];
  if (!places.some((place) => by.includes(place))) return refuse('committee-not-yours');
  return from.includes(phase) ? accept() : refuse('committee-not-now');
}
