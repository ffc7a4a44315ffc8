import type { ActionForm, ActionSheet } from '@terreau/features/support/find-action.query';
import { ACTION_KINDS, ACTION_MOVE_RULES, ACTION_WHYS } from '@terreau/features/support/plan.rules';
import { formatLocalDate } from '#lib/formats.ts';
import { durationInWords } from '#lib/support/duration.ts';
import { m } from '#texts/messages.js';
import {
  ACTION_KIND_WORDS,
  ACTION_MOVE_WORDS,
  ACTION_WHY_WORDS,
  actionState,
  dueInWords,
  hoursInWords,
  priorityInWords
} from './plan-words.ts';
import { optionsOf } from './words.ts';

/** What the form of an action offers. */
export function actionChoices({ priorities, people }: ActionForm) {
  return {
    kinds: optionsOf(ACTION_KIND_WORDS, ACTION_KINDS),
    priorities: priorities.map((priority) => ({ value: priority.id, label: priorityInWords(priority) })),
    people: people.map(({ id, name }) => ({ value: id, label: name }))
  };
}

/** An action as its form would have been filled in to make it. */
export function actionValues(action: ActionSheet): Record<string, string> {
  return {
    what: action.what,
    kind: action.kind,
    priority: action.priorityId ?? '',
    owner: action.ownerMemberId ?? '',
    ownerLabel: action.ownerLabel ?? '',
    dueOn: action.dueOn ?? '',
    planned: action.plannedMinutes === 0 ? '' : durationTyped(action.plannedMinutes),
    successSign: action.successSign ?? '',
    version: String(action.version)
  };
}

/** « 1h30 », as people type it and as it is read back. */
function durationTyped(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours}h${String(minutes % 60).padStart(2, '0')}`;
}

/** Each field of an action in words, under its label: what somebody else wrote, beside what one was writing. */
export function actionInWords(form: ActionForm, action: ActionSheet) {
  const owner = form.people.find(({ id }) => id === action.ownerMemberId)?.name ?? action.ownerLabel;
  const priority = form.priorities.find(({ id }) => id === action.priorityId);
  const facts: [field: string, label: string, value: string | null][] = [
    ['what', m.support_plan_action_what(), action.what],
    ['kind', m.support_plan_action_kind(), ACTION_KIND_WORDS[action.kind]()],
    ['priority', m.support_plan_action_priority(), priority ? priorityInWords(priority) : null],
    ['owner', m.support_plan_action_owner(), owner],
    ['dueOn', m.support_plan_action_due(), action.dueOn ? formatLocalDate(action.dueOn) : null],
    ['planned', m.support_plan_action_planned(), hoursInWords(0, action.plannedMinutes)],
    ['successSign', m.support_plan_action_sign(), action.successSign]
  ];
  return facts.map(([field, label, value]) => ({ field, label, value: value ?? '—' }));
}

/** An action as its page shows it. */
export function actionPage(form: ActionForm, action: ActionSheet) {
  return {
    id: action.id,
    what: action.what,
    state: actionState(action.state),
    due: dueInWords(action, form.today),
    hours: hoursInWords(action.spentMinutes, action.plannedMinutes),
    facts: actionInWords(form, action).filter(({ field, value }) => field !== 'what' && value !== '—'),
    support: action.support,
    moves: optionsOf(ACTION_MOVE_WORDS, action.moves),
    asksWhy: action.moves.some((move) => ACTION_MOVE_RULES[move].asksWhy),
    whys: optionsOf(ACTION_WHY_WORDS, ACTION_WHYS),
    comments: action.comments.map((comment) => ({
      id: comment.id,
      at: comment.at,
      by: comment.by,
      body: comment.body,
      state: comment.to && actionState(comment.to),
      why: comment.why && ACTION_WHY_WORDS[comment.why](),
      spent: comment.minutes > 0 ? durationInWords(comment.minutes) : null
    }))
  };
}
