import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { LocalDate } from '@terreau/kernel/instants';

/*
 * The life of an accompaniment, as its journey says it:
 * requested → orienting → (redirected | accepted) → diagnosis → plan-proposed → plan-accepted → under-way ⇄ paused →
 * review → closed → check-up-12 → check-up-24; from any of them that is not an end, interrupted, with a reason.
 *
 * The journey draws its pause beside what is under way, and says as well that any step may end by one. So whatever was
 * accepted and has not come to its review may pause, and goes on where it stood. Before it is accepted somebody is owed
 * an answer, which no pause puts off.
 */

export const DOSSIER_STATES = [
  'requested',
  'orienting',
  'redirected',
  'accepted',
  'diagnosis',
  'plan-proposed',
  'plan-accepted',
  'under-way',
  'paused',
  'review',
  'closed',
  'check-up-12',
  'check-up-24',
  'interrupted'
] as const;
export type DossierState = (typeof DOSSIER_STATES)[number];

export const CIRCLE_ROLES = ['carrier', 'member', 'facilitator', 'expert', 'observer'] as const;
export type CircleRole = (typeof CIRCLE_ROLES)[number];

/** Why an accompaniment stops before its end. A personal reason is said as such, without any detail. */
export const INTERRUPTION_REASONS = [
  'carrier-choice',
  'no-longer-answers',
  'joins-another-project',
  'out-of-scope',
  'other-support',
  'personal-reason'
] as const;
export type InterruptionReason = (typeof INTERRUPTION_REASONS)[number];

export const DOSSIER_MOVES = [
  'orient',
  'redirect',
  'accept',
  'start-diagnosis',
  'propose-plan',
  'rework-plan',
  'accept-plan',
  'start',
  'pause',
  'resume',
  'review',
  'close',
  'check-up-12',
  'check-up-24',
  'interrupt',
  'reopen'
] as const;
export type DossierMove = (typeof DOSSIER_MOVES)[number];

interface MoveRule {
  readonly from: readonly DossierState[];
  readonly to: DossierState;
  readonly by: readonly CircleRole[];
  /** A pause, an interruption and a redirection say why; the other moves may. */
  readonly asksReason?: 'interruption' | 'note';
}

const TEAM: readonly CircleRole[] = ['facilitator'];
const STRUCTURE: readonly CircleRole[] = ['carrier', 'member'];
const BOTH: readonly CircleRole[] = ['facilitator', 'carrier', 'member'];

/** States after which nothing more is due. A closed dossier still has its check-ups, and may open again. */
export const ENDED_STATES: readonly DossierState[] = ['redirected', 'interrupted', 'closed', 'check-up-24'];

const NOT_ENDED = DOSSIER_STATES.filter((state) => !ENDED_STATES.includes(state) && state !== 'check-up-12');

export const PAUSABLE_STATES: readonly DossierState[] = [
  'accepted',
  'diagnosis',
  'plan-proposed',
  'plan-accepted',
  'under-way'
];

export const MOVE_RULES: Readonly<Record<DossierMove, MoveRule>> = {
  orient: { from: ['requested'], to: 'orienting', by: TEAM },
  redirect: { from: ['orienting'], to: 'redirected', by: TEAM, asksReason: 'note' },
  accept: { from: ['orienting'], to: 'accepted', by: TEAM },
  'start-diagnosis': { from: ['accepted'], to: 'diagnosis', by: TEAM },
  'propose-plan': { from: ['diagnosis'], to: 'plan-proposed', by: TEAM },
  'rework-plan': { from: ['plan-proposed', 'plan-accepted'], to: 'diagnosis', by: BOTH, asksReason: 'note' },
  // The plan belongs to the structure: the adviser cannot accept it in its place, only write down a spoken yes.
  'accept-plan': { from: ['plan-proposed'], to: 'plan-accepted', by: BOTH },
  start: { from: ['plan-accepted'], to: 'under-way', by: TEAM },
  pause: { from: PAUSABLE_STATES, to: 'paused', by: BOTH, asksReason: 'note' },
  // Where it leads is where the pause began.
  resume: { from: ['paused'], to: 'under-way', by: BOTH },
  review: { from: ['under-way', 'paused'], to: 'review', by: TEAM },
  close: { from: ['review'], to: 'closed', by: TEAM },
  'check-up-12': { from: ['closed'], to: 'check-up-12', by: TEAM },
  'check-up-24': { from: ['check-up-12'], to: 'check-up-24', by: TEAM },
  interrupt: { from: NOT_ENDED, to: 'interrupted', by: BOTH, asksReason: 'interruption' },
  reopen: { from: ['closed', 'check-up-12', 'check-up-24', 'interrupted'], to: 'under-way', by: TEAM }
};

/** Where an accompaniment stands; what a pause interrupts stays known, and is null outside of a pause. */
export interface DossierStanding {
  readonly state: DossierState;
  readonly pausedFrom: DossierState | null;
}

export function standingOf(row: { readonly state: string; readonly paused_from: string | null }): DossierStanding {
  return { state: row.state as DossierState, pausedFrom: row.paused_from as DossierState | null };
}

export interface AskedMove {
  readonly move: DossierMove;
  readonly reason: InterruptionReason | null;
  readonly note: string | null;
  /** The next contact with the structure; asked for by every move that does not end. */
  readonly nextContactOn: LocalDate | null;
  /** Whether the structure said yes aloud: what lets an adviser write down its acceptance of the plan. */
  readonly agreedAloud: boolean;
}

export type DossierMoveRefusal =
  | 'move-not-from-here'
  | 'move-not-yours'
  | 'reason-missing'
  | 'note-missing'
  | 'next-contact-missing'
  | 'next-contact-past'
  | 'agreement-missing';

export interface MovedDossier {
  readonly to: DossierState;
  readonly nextContactOn: LocalDate | null;
}

/**
 * Whether somebody with this place in the circle may make the move from where it stands, on the local date `today`, and what
 * it leads to. A closed dossier is seen again at twelve months: the caller gives that date as the next contact.
 */
export function checkDossierMove(
  at: DossierStanding,
  role: CircleRole,
  asked: AskedMove,
  today: LocalDate
): Verdict<MovedDossier, DossierMoveRefusal> {
  const rule = MOVE_RULES[asked.move];
  if (!startsFrom(at, asked.move)) return refuse('move-not-from-here');
  if (!rule.by.includes(role)) return refuse('move-not-yours');
  if (rule.asksReason === 'interruption' && !asked.reason) return refuse('reason-missing');
  if (rule.asksReason === 'note' && !asked.note) return refuse('note-missing');
  if (asked.move === 'accept-plan' && !STRUCTURE.includes(role) && !asked.agreedAloud) {
    return refuse('agreement-missing');
  }
  const to = asked.move === 'resume' ? (at.pausedFrom ?? rule.to) : rule.to;
  const ends = ENDED_STATES.includes(to) && to !== 'closed';
  if (ends) return accept({ to, nextContactOn: null });
  // Only who accompanies plans the next contact; the structure's own moves keep the one that stands.
  if (role !== 'facilitator') return accept({ to, nextContactOn: asked.nextContactOn });
  if (!asked.nextContactOn) return refuse('next-contact-missing');
  if (asked.nextContactOn < today) return refuse('next-contact-past');
  return accept({ to, nextContactOn: asked.nextContactOn });
}

/** The moves that this place in the circle may try from where it stands, in the order of the journey. */
export function movesFrom(at: DossierStanding, role: CircleRole): DossierMove[] {
  return DOSSIER_MOVES.filter((move) => startsFrom(at, move) && MOVE_RULES[move].by.includes(role));
}

function startsFrom({ state, pausedFrom }: DossierStanding, move: DossierMove): boolean {
  // What paused before it was under way has nothing to look back on.
  if (move === 'review' && pausedFrom !== null && pausedFrom !== 'under-way') return false;
  return MOVE_RULES[move].from.includes(state);
}
