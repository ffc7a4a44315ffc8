import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { CircleRole } from './dossier-life.rules.ts';

export type IntroductionState = 'dismissed' | 'proposed' | 'agreed' | 'declined' | 'withdrawn' | 'expired' | 'met';
/** `own`: the dossier for which the meeting was sought; `other`: whoever they could meet. */
export type Side = 'own' | 'other';
export type SideAnswer = 'yes' | 'no';

/** What a facilitator may say when she puts a suggestion aside. */
export const DISMISSALS = ['not-relevant', 'already-together', 'too-far', 'other-subject', 'in-conflict'] as const;
export type Dismissal = (typeof DISMISSALS)[number];

export const OUTCOMES = ['nothing', 'to-follow', 'joint-action', 'shared-means', 'other'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How the project goes on, at the end of step E3. */
export const E3_DECISIONS = ['alone', 'with', 'join', 'give-up'] as const;
export type E3Decision = (typeof E3_DECISIONS)[number];

/** A proposal without both answers ends by itself. */
export const PROPOSAL_STANDS_DAYS = 30;
/** So long after both said yes, each is asked what came of it; and a close action known for so long is said. */
export const ASKED_AFTER_DAYS = 30;
/** Whoever said no is not asked again for the same meeting before. */
export const PAUSE_AFTER_NO_DAYS = 365;
/** Proposals that one actor may have before them at once. */
export const OPEN_FOR_ONE_MAX_COUNT = 3;
export const WORDS_MAX_CHARACTERS = 500;

/** A conflict between two parties is written nowhere. */
export function storedDismissal(dismissal: Dismissal): Exclude<Dismissal, 'in-conflict'> {
  return dismissal === 'in-conflict' ? 'not-relevant' : dismissal;
}

/** Where a proposal stands once both, one or none have answered. */
export function stateAfter(own: SideAnswer | null, other: SideAnswer | null): IntroductionState {
  if (own === 'no' || other === 'no') return 'declined';
  return own === 'yes' && other === 'yes' ? 'agreed' : 'proposed';
}

export type AnswerRefusal = 'introduction-over' | 'already-answered' | 'agreement-missing' | 'role-not-yours';

/** Whether somebody in that place of the circle may answer for their side; `aloud`: the person said so to them. */
export function checkCircleAnswer(role: CircleRole, aloud: boolean): Verdict<'carrier' | 'facilitator', AnswerRefusal> {
  if (role === 'carrier' || role === 'member') return accept('carrier');
  if (role !== 'facilitator') return refuse('role-not-yours');
  return aloud ? accept('facilitator') : refuse('agreement-missing');
}

/** Whether a side may still answer. */
export function checkStillAsked(
  row: { readonly state: IntroductionState; readonly expiresAt: Instant | null },
  given: SideAnswer | null,
  now: Instant
): Verdict<undefined, AnswerRefusal> {
  if (row.state !== 'proposed' || (row.expiresAt !== null && row.expiresAt <= now)) return refuse('introduction-over');
  return given === null ? accept() : refuse('already-answered');
}

/** Whether the meeting may be said to have taken place on `metOn`. */
export function checkMeeting(
  state: IntroductionState,
  metOn: LocalDate | null,
  today: LocalDate
): Verdict<LocalDate, 'introduction-not-agreed' | 'meeting-missing' | 'meeting-in-the-future'> {
  if (state !== 'agreed' && state !== 'met') return refuse('introduction-not-agreed');
  if (metOn === null) return refuse('meeting-missing');
  return metOn > today ? refuse('meeting-in-the-future') : accept(metOn);
}

const CONTACT = /@|(?:\d[\s.-]?){9,}/;

/** Whether words meant for the other side already give an address or a number: those are shared when both said yes. */
export function holdsContact(words: string): boolean {
  return CONTACT.test(words);
}
