import { fail } from '@sveltejs/kit';
import type { AddSupportToPlanRefusal } from '@terreau/features/support/add-support-to-plan.command';
import type { CommentActionRefusal } from '@terreau/features/support/comment-action.command';
import { gridOf } from '@terreau/features/support/diagnosis-grid.rules';
import type { PlanActionLine, PlanPriorityLine } from '@terreau/features/support/find-plan.query';
import {
  OPEN_ACTION_STATES,
  type ActionKind,
  type ActionMove,
  type ActionState,
  type ActionWhy
} from '@terreau/features/support/plan.rules';
import type { SaveActionRefusal } from '@terreau/features/support/save-action.command';
import type { WritePrioritiesRefusal } from '@terreau/features/support/write-priorities.command';
import { formatLocalDate } from '#lib/formats.ts';
import { currentLanguage } from '#lib/languages.ts';
import { durationInWords } from '#lib/support/duration.ts';
import { m } from '#texts/messages.js';
import type { SentBack } from './words.ts';

/* The codes of a plan in the language of the page. A missing text does not compile. */

type Words<Code extends string> = Readonly<Record<Code, () => string>>;

export const ACTION_KIND_WORDS: Words<ActionKind> = {
  structure: m.support_plan_kind_structure,
  facilitator: m.support_plan_kind_facilitator,
  'expert-individual': m.support_plan_kind_expert_individual,
  'expert-collective': m.support_plan_kind_expert_collective,
  training: m.support_plan_kind_training,
  introduction: m.support_plan_kind_introduction,
  orientation: m.support_plan_kind_orientation
};

const ACTION_STATE_WORDS: Words<ActionState> = {
  proposed: m.support_plan_state_proposed,
  'under-way': m.support_plan_state_under_way,
  blocked: m.support_plan_state_blocked,
  done: m.support_plan_state_done,
  adapted: m.support_plan_state_adapted,
  abandoned: m.support_plan_state_abandoned,
  'not-interested': m.support_plan_state_not_interested,
  'already-done': m.support_plan_state_already_done
};

export const ACTION_MOVE_WORDS: Words<ActionMove> = {
  start: m.support_plan_move_start,
  block: m.support_plan_move_block,
  finish: m.support_plan_move_finish,
  adapt: m.support_plan_move_adapt,
  abandon: m.support_plan_move_abandon,
  decline: m.support_plan_move_decline,
  already: m.support_plan_move_already,
  reopen: m.support_plan_move_reopen
};

export const ACTION_WHY_WORDS: Words<ActionWhy> = {
  'no-time': m.support_plan_why_no_time,
  'no-means': m.support_plan_why_no_means,
  'waits-for-somebody': m.support_plan_why_waits_for_somebody,
  'no-longer-useful': m.support_plan_why_no_longer_useful,
  'done-otherwise': m.support_plan_why_done_otherwise,
  'too-early': m.support_plan_why_too_early,
  other: m.support_plan_why_other
};

const STATE_TONES: Readonly<Record<ActionState, 'plain' | 'good' | 'owed' | 'news' | 'wait'>> = {
  proposed: 'plain',
  'under-way': 'news',
  blocked: 'owed',
  done: 'good',
  adapted: 'good',
  abandoned: 'wait',
  'not-interested': 'wait',
  'already-done': 'good'
};

export function actionState(state: ActionState) {
  return { text: ACTION_STATE_WORDS[state](), tone: STATE_TONES[state] };
}

/** The words of a priority: its own, or those of its item of the grid. */
export function priorityInWords({ title, item }: Pick<PlanPriorityLine, 'title' | 'item'>): string {
  return title ?? itemInWords(item!);
}

export function itemInWords(code: string): string {
  const items = gridOf('full', currentLanguage()).flatMap((dimension) => dimension.items);
  return items.find((item) => item.code === code)?.title ?? code;
}

/** « pour le 12 mars », or that the day has passed while the action is still open. */
export function dueInWords({ dueOn, state }: Pick<PlanActionLine, 'dueOn' | 'state'>, today: string) {
  if (!dueOn) return { text: m.support_plan_no_date(), isLate: false };
  const date = formatLocalDate(dueOn);
  const isLate = dueOn < today && OPEN_ACTION_STATES.includes(state);
  return { text: isLate ? m.support_plan_late({ date }) : m.support_plan_due({ date }), isLate };
}

/** Hours spent and planned; null when nobody counted any. */
export function hoursInWords(spent: number, planned: number): string | null {
  if (spent === 0 && planned === 0) return null;
  if (planned === 0) return m.support_plan_hours_spent({ spent: durationInWords(spent) });
  if (spent === 0) return m.support_plan_hours_planned({ planned: durationInWords(planned) });
  return m.support_plan_hours({ spent: durationInWords(spent), planned: durationInWords(planned) });
}

type Refusal = Exclude<
  SaveActionRefusal | CommentActionRefusal | WritePrioritiesRefusal | AddSupportToPlanRefusal,
  'not-found'
>;

const REFUSAL_WORDS: Readonly<Record<Refusal, (details: { max: number }) => string>> = {
  'plan-not-yours': m.support_plan_refusal_not_yours,
  'dossier-ended': m.support_plan_refusal_ended,
  'changed-meanwhile': m.support_plan_refusal_changed,
  'plan-full': m.support_plan_refusal_full,
  'owner-not-found': m.support_plan_refusal_owner_not_found,
  'owner-twice': m.support_plan_refusal_owner_twice,
  'priority-not-found': m.support_plan_refusal_priority_not_found,
  'comment-empty': m.support_plan_refusal_comment_empty,
  'action-not-from-here': m.support_plan_refusal_action_not_from_here,
  'action-not-yours': m.support_plan_refusal_action_not_yours,
  'why-missing': m.support_plan_refusal_why_missing,
  'why-words-missing': m.support_plan_refusal_why_words_missing,
  'support-in-plan': m.support_plan_refusal_support_in_plan
};

const FIELD_OF: Partial<Record<Refusal, string>> = {
  'owner-not-found': 'owner',
  'owner-twice': 'ownerLabel',
  'priority-not-found': 'priority',
  'comment-empty': 'body',
  'action-not-from-here': 'move',
  'action-not-yours': 'move',
  'why-missing': 'why',
  'why-words-missing': 'body'
};

export function planRefusal(refusal: {
  readonly code: Refusal;
  readonly details: Readonly<Record<string, string | number>>;
}): string {
  return REFUSAL_WORDS[refusal.code]({ max: Number(refusal.details['max'] ?? 0) });
}

/** A form of the plan sent back with a command's refusal, at its field or for the whole form. */
export function failPlan(refusal: Parameters<typeof planRefusal>[0], values: SentBack['values']) {
  return fail(409, { values, errors: { [FIELD_OF[refusal.code] ?? '']: planRefusal(refusal) } } satisfies SentBack);
}
