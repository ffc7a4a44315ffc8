import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/*
 * The life of a request, from the sentence that somebody types to the answer that they got. Each move says from which
 * states it starts, who may make it, and what it must come with; everything else is refused with a reason.
 */

export const REQUEST_STATES = [
  'draft',
  'moderation',
  'open',
  'offered',
  'accepted',
  'done',
  'closed',
  'withdrawn'
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** The states in which somebody still owes something. */
export const LIVE_REQUEST_STATES = ['moderation', 'open', 'offered', 'accepted'] as const;

/**
 * Who moves: the person who asks (by their account or their code), the team of the territory, the member of the team
 * who took the request, the coordinator, an actor to whom it was offered, the platform itself; a stranger moves nothing.
 * Somebody may be several of them at once.
 */
export const REQUEST_ROLES = [
  'person',
  'team',
  'responsible',
  'coordinator',
  'partner',
  'platform',
  'stranger'
] as const;
export type RequestRole = (typeof REQUEST_ROLES)[number];

export const REQUEST_MOVES = [
  'submit',
  'approve',
  'decline',
  'take',
  'assign',
  'release',
  'answer',
  'promise',
  'keep-promise',
  'offer',
  'hand-over',
  'accept',
  'refuse',
  'give-back',
  'expire',
  'withdraw-offer',
  'done',
  'close',
  'close-idle',
  'reopen',
  'withdraw'
] as const;
export type RequestMove = (typeof REQUEST_MOVES)[number];

/** What an actor may say of an offer: each is a move of its own. */
export const OFFER_ANSWERS = ['accept', 'refuse', 'give-back', 'done'] as const satisfies readonly RequestMove[];
export type OfferAnswer = (typeof OFFER_ANSWERS)[number];

export const DECLINE_REASONS = ['out-of-scope', 'spam'] as const;
export const CLOSE_REASONS = [
  'answered',
  'oriented',
  // An accompaniment begins: the request goes on in a dossier.
  'accompanied',
  'no-longer-needed',
  'no-answer-from-person',
  'nothing-found',
  'out-of-scope'
] as const;
/** How the human word reached the person. */
export const ANSWER_REASONS = ['by-phone', 'by-message', 'by-mail', 'in-person'] as const;
export const OFFER_REFUSAL_REASONS = [
  'not-for-us',
  'full',
  'out-of-area',
  'too-soon',
  'conflict-of-interest',
  'other'
] as const;
export const PROMISE_OUTCOMES = ['reached', 'no-answer', 'postponed', 'cancelled'] as const;

export const NEXT_STEP_MAX_CHARACTERS = 1000;
export const NOTE_MAX_CHARACTERS = 1000;

/** Where a move leads: a state, the same one, or what is left once one offer fewer waits. */
type Destination = RequestState | 'same' | 'reviewed' | 'still-offered';

interface MoveRule {
  readonly from: readonly RequestState[];
  readonly to: Destination;
  readonly by: readonly RequestRole[];
  readonly reasons?: readonly string[];
  readonly needsNextStep?: true;
}

const TEAM = ['team', 'responsible', 'coordinator'] as const;
const LIVE = LIVE_REQUEST_STATES;

export const MOVE_RULES: Readonly<Record<RequestMove, MoveRule>> = {
  submit: { from: ['draft'], to: 'reviewed', by: ['person', ...TEAM] },
  approve: { from: ['moderation'], to: 'open', by: TEAM },
  decline: { from: ['moderation'], to: 'closed', by: TEAM, reasons: DECLINE_REASONS, needsNextStep: true },
  take: { from: LIVE, to: 'same', by: ['team', 'coordinator'] },
  // A colleague's work is passed on by whoever holds it, or by the coordinator; anybody of the team may take it.
  assign: { from: LIVE, to: 'same', by: ['responsible', 'coordinator'] },
  // Whoever leaves the team leaves their requests to it: the platform gives them back, whoever ended the role.
  release: { from: LIVE, to: 'same', by: ['platform'] },
  answer: { from: LIVE, to: 'same', by: TEAM, reasons: ANSWER_REASONS },
  // A call may still be owed once the request is over: to tell its outcome to somebody who reads no message.
  promise: { from: [...LIVE, 'done', 'closed'], to: 'same', by: TEAM },
  'keep-promise': { from: [...LIVE, 'done', 'closed', 'withdrawn'], to: 'same', by: TEAM, reasons: PROMISE_OUTCOMES },
  offer: { from: ['open', 'offered'], to: 'offered', by: TEAM },
  'hand-over': { from: ['open', 'offered'], to: 'offered', by: TEAM },
  // The team may type the answer that a partner gave on the telephone.
  accept: { from: ['offered'], to: 'accepted', by: ['partner', ...TEAM] },
  refuse: { from: ['offered'], to: 'still-offered', by: ['partner', ...TEAM], reasons: OFFER_REFUSAL_REASONS },
  'give-back': { from: ['accepted'], to: 'open', by: ['partner', ...TEAM], reasons: OFFER_REFUSAL_REASONS },
  expire: { from: ['offered'], to: 'still-offered', by: ['platform'] },
  'withdraw-offer': { from: ['offered', 'accepted'], to: 'still-offered', by: TEAM },
  done: { from: ['accepted'], to: 'done', by: ['partner', ...TEAM] },
  close: { from: ['open', 'offered', 'accepted'], to: 'closed', by: TEAM, reasons: CLOSE_REASONS, needsNextStep: true },
  'close-idle': {
    from: ['open', 'offered', 'accepted'],
    to: 'closed',
    by: ['platform'],
    reasons: CLOSE_REASONS,
    needsNextStep: true
  },
  reopen: { from: ['done', 'closed', 'withdrawn'], to: 'open', by: ['person', ...TEAM] },
  withdraw: { from: LIVE, to: 'withdrawn', by: ['person'] }
};

/** What a move comes with. Empty text is nothing. */
export interface MoveDetails {
  readonly reason?: string | null;
  readonly nextStep?: string | null;
  readonly note?: string | null;
  /** A new account's first words wait for a human. */
  readonly waitsForReview?: boolean;
  /** Offers that still wait once this move is made. */
  readonly offersLeft?: number;
}

/** Who might have made the move: said instead of "no". */
export type WhoRefusal =
  | 'move-for-team'
  | 'move-for-holder'
  | 'move-for-partner'
  | 'move-for-person'
  | 'move-for-person-or-team'
  | 'move-for-platform';
/** What state the request is in, when the move does not start from it. */
export type StateRefusal = `request-is-${RequestState}`;
export type MoveRefusal =
  WhoRefusal | StateRefusal | 'reason-missing' | 'next-step-missing' | 'next-step-too-long' | 'note-too-long';

/**
 * Whether somebody who has `roles` may make `move` on a request in `state`, and the state in which it then is.
 * Refused, in this order: by who may, by the state, by what is missing.
 */
export function checkMove(
  state: RequestState,
  move: RequestMove,
  roles: ReadonlySet<RequestRole>,
  details: MoveDetails = {}
): Verdict<RequestState, MoveRefusal> {
  const rule = MOVE_RULES[move];
  if (!rule.by.some((role) => roles.has(role))) return refuse(whoMay(rule));
  if (!rule.from.includes(state)) return refuse(`request-is-${state}`);
  if (rule.reasons && !rule.reasons.includes(details.reason ?? '')) return refuse('reason-missing');
  const nextStep = details.nextStep?.trim() ?? '';
  if (rule.needsNextStep && nextStep === '') return refuse('next-step-missing');
  if (nextStep.length > NEXT_STEP_MAX_CHARACTERS) {
    return refuse('next-step-too-long', { max: NEXT_STEP_MAX_CHARACTERS });
  }
  if ((details.note?.length ?? 0) > NOTE_MAX_CHARACTERS) return refuse('note-too-long', { max: NOTE_MAX_CHARACTERS });
  return accept(destination(rule.to, state, details));
}

/** The moves that `roles` may make now, whatever they must come with: the buttons of the page. */
export function possibleMoves(state: RequestState, roles: ReadonlySet<RequestRole>): RequestMove[] {
  return REQUEST_MOVES.filter((move) => {
    const rule = MOVE_RULES[move];
    return rule.from.includes(state) && rule.by.some((role) => roles.has(role));
  });
}

/** The role in which a move is written down, the nearest to the request first. */
export function movedAs(
  move: RequestMove,
  roles: ReadonlySet<RequestRole>
): 'person' | 'team' | 'partner' | 'platform' {
  const role = MOVE_RULES[move].by.find((one) => roles.has(one));
  return role === 'person' || role === 'partner' || role === 'platform' ? role : 'team';
}

function whoMay({ by }: MoveRule): WhoRefusal {
  if (by.includes('platform')) return 'move-for-platform';
  if (by.includes('partner')) return 'move-for-partner';
  if (by.includes('person')) return by.includes('team') ? 'move-for-person-or-team' : 'move-for-person';
  return by.includes('team') ? 'move-for-team' : 'move-for-holder';
}

function destination(
  to: Destination,
  state: RequestState,
  { waitsForReview, offersLeft = 0 }: MoveDetails
): RequestState {
  switch (to) {
    case 'same':
      return state;
    case 'reviewed':
      return waitsForReview ? 'moderation' : 'open';
    case 'still-offered':
      return offersLeft > 0 ? 'offered' : 'open';
    default:
      return to;
  }
}
