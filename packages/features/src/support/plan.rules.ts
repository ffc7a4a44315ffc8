import { plusLocalDays, type LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { CircleRole, DossierStanding, DossierState } from './dossier-life.rules.ts';

/*
 * The plan of an accompaniment: at most three priorities, and actions under them, each with its kind, who answers for it
 * and by when. An action is proposed, goes on, and ends done, adapted or abandoned; or nobody wants it, or it was done.
 */

export const PRIORITIES_COUNT = 3;
export const PLAN_ACTIONS_MAX_COUNT = 60;

export const ACTION_KINDS = [
  'structure',
  'facilitator',
  'expert-individual',
  'expert-collective',
  'training',
  'introduction',
  'orientation'
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

export const ACTION_STATES = [
  'proposed',
  'under-way',
  'blocked',
  'done',
  'adapted',
  'abandoned',
  'not-interested',
  'already-done'
] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** In these an action still waits for somebody. */
export const OPEN_ACTION_STATES: readonly ActionState[] = ['proposed', 'under-way', 'blocked'];
const ENDED: readonly ActionState[] = ['done', 'adapted', 'abandoned', 'not-interested', 'already-done'];

/** Why an action is blocked, was adapted or was abandoned. Never somebody's private reasons. */
export const ACTION_WHYS = [
  'no-time',
  'no-means',
  'waits-for-somebody',
  'no-longer-useful',
  'done-otherwise',
  'too-early',
  'other'
] as const;
export type ActionWhy = (typeof ACTION_WHYS)[number];

export const ACTION_MOVES = ['start', 'block', 'finish', 'adapt', 'abandon', 'decline', 'already', 'reopen'] as const;
export type ActionMove = (typeof ACTION_MOVES)[number];

interface ActionMoveRule {
  readonly from: readonly ActionState[];
  readonly to: ActionState;
  readonly asksWhy?: true;
  /** An expert moves along what they answer for, and decides nothing else. */
  readonly byExpert?: true;
}

export const ACTION_MOVE_RULES: Readonly<Record<ActionMove, ActionMoveRule>> = {
  start: { from: ['proposed', 'blocked'], to: 'under-way', byExpert: true },
  block: { from: ['under-way'], to: 'blocked', asksWhy: true, byExpert: true },
  finish: { from: OPEN_ACTION_STATES, to: 'done', byExpert: true },
  adapt: { from: ['under-way', 'blocked'], to: 'adapted', asksWhy: true },
  abandon: { from: OPEN_ACTION_STATES, to: 'abandoned', asksWhy: true },
  decline: { from: ['proposed'], to: 'not-interested' },
  already: { from: ['proposed'], to: 'already-done' },
  reopen: { from: ENDED, to: 'under-way' }
};

/** Somebody of the circle, and whether the action is theirs. */
export interface ActionMover {
  readonly role: CircleRole;
  readonly isOwner: boolean;
}

export type ActionMoveRefusal = 'action-not-from-here' | 'action-not-yours' | 'why-missing' | 'why-words-missing';

/** Whether `mover` may move an action from `state`, and what it becomes. Another reason than those listed is said in words. */
export function checkActionMove(
  state: ActionState,
  mover: ActionMover,
  asked: { readonly move: ActionMove; readonly why: ActionWhy | null; readonly words: string | null }
): Verdict<ActionState, ActionMoveRefusal> {
  const rule = ACTION_MOVE_RULES[asked.move];
  if (!mayMoveAction(mover, rule)) return refuse('action-not-yours');
  if (!rule.from.includes(state)) return refuse('action-not-from-here');
  if (rule.asksWhy && !asked.why) return refuse('why-missing');
  if (rule.asksWhy && asked.why === 'other' && !asked.words) return refuse('why-words-missing');
  return accept(rule.to);
}

/** What `mover` may do with an action that stands in `state`. */
export function actionMovesFrom(state: ActionState, mover: ActionMover): ActionMove[] {
  return ACTION_MOVES.filter((move) => {
    const rule = ACTION_MOVE_RULES[move];
    return rule.from.includes(state) && mayMoveAction(mover, rule);
  });
}

function mayMoveAction({ role, isOwner }: ActionMover, rule: ActionMoveRule): boolean {
  if (role === 'observer') return false;
  return role !== 'expert' || (isOwner && rule.byExpert === true);
}

/** The plan is written by who accompanies and by the structure; an expert and an observer read it. */
export function mayWritePlan(role: CircleRole): boolean {
  return role === 'facilitator' || role === 'carrier' || role === 'member';
}

/** In these states of the accompaniment the plan was accepted and nothing sleeps: what it promises is owed. */
export const PROMISING_STATES: readonly DossierState[] = ['plan-accepted', 'under-way', 'review'];

/** In these the plan that stands was accepted. */
const ACCEPTED_STATES: readonly DossierState[] = [...PROMISING_STATES, 'closed', 'check-up-12', 'check-up-24'];

/** Where the plan stands, as the accompaniment says it: there is no second truth. A pause changes nothing of it. */
export function planStanding({ state, pausedFrom }: DossierStanding): 'draft' | 'proposed' | 'accepted' {
  const at = state === 'paused' ? (pausedFrom ?? 'under-way') : state;
  if (at === 'plan-proposed') return 'proposed';
  return ACCEPTED_STATES.includes(at) ? 'accepted' : 'draft';
}

/** A reminder comes this long before the day, then at most this often; three times in all for one date. */
export const REMINDED_BEFORE_DAYS = 7;
export const REMINDED_EVERY_DAYS = 10;
export const REMINDERS_MAX_COUNT = 3;

/** The last day that is near enough to be recalled on `today`. */
export function remindedUntil(today: LocalDate): LocalDate {
  return plusLocalDays(today, REMINDED_BEFORE_DAYS);
}
