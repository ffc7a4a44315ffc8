import type { PlanActionLine, PlanSheet } from '@terreau/features/support/find-plan.query';
import { PRIORITIES_COUNT } from '@terreau/features/support/plan.rules';
import { formatShortDate } from '#lib/formats.ts';
import { durationInWords } from '#lib/support/duration.ts';
import { m } from '#texts/messages.js';
import {
  ACTION_KIND_WORDS,
  actionState,
  dueInWords,
  hoursInWords,
  itemInWords,
  priorityInWords
} from './plan-words.ts';

/** A plan as its page and its paper say it: its priorities in order, then what stands under none. */
export function planInWords(plan: PlanSheet, timeZone: string) {
  const under = (priorityId: string | null) =>
    plan.actions
      .filter((action) => action.priorityId === priorityId)
      .map((action) => actionInWords(action, plan.today));
  const titles = plan.priorities.map(priorityInWords);
  const groups = plan.priorities.map((priority, index) => ({
    id: priority.id,
    title: m.support_plan_priority({ rank: index + 1, title: titles[index]! }),
    actions: under(priority.id)
  }));
  const others = under(null);
  const suggested = titles.length > 0 ? [] : plan.fromDiagnosis.map(itemInWords);
  const typed = titles.length > 0 ? titles : suggested;
  return {
    standing: plan.standing,
    standingWords: STANDING_WORDS[plan.standing](),
    standingText: standingText(plan, timeZone),
    groups,
    others,
    total: totalInWords(plan),
    isEmpty: plan.actions.length === 0 && plan.priorities.length === 0,
    mayWrite: plan.mayWrite,
    moves: [...plan.moves],
    isFacilitator: plan.head.role === 'facilitator',
    // A date that has passed is no next contact any more.
    nextContactOn: plan.nextContactOn !== null && plan.nextContactOn < plan.today ? plan.today : plan.nextContactOn,
    version: plan.version,
    priorities: Array.from({ length: PRIORITIES_COUNT }, (_, index) => typed[index] ?? ''),
    isFromDiagnosis: suggested.length > 0,
    // What the form was opened on, as the command compares it.
    seen: plan.priorities.map(({ item, title }) => item ?? title).join('\n'),
    stored: titles.join(' · ')
  };
}

const STANDING_WORDS = {
  draft: m.support_plan_standing_draft,
  proposed: m.support_plan_standing_proposed,
  accepted: m.support_plan_standing_accepted
} as const;

function standingText({ standing, proposedAt, acceptedAt }: PlanSheet, timeZone: string): string {
  if (standing === 'accepted') {
    return acceptedAt
      ? m.support_plan_accepted_text({ date: formatShortDate(acceptedAt, timeZone) })
      : m.support_plan_accepted_text_undated();
  }
  return standing === 'proposed' && proposedAt
    ? m.support_plan_proposed_text({ date: formatShortDate(proposedAt, timeZone) })
    : m.support_plan_draft_text();
}

function actionInWords(action: PlanActionLine, today: string) {
  return {
    id: action.id,
    what: action.what,
    kind: ACTION_KIND_WORDS[action.kind](),
    owner: action.owner ?? m.support_plan_owner_none(),
    due: dueInWords(action, today),
    hours: hoursInWords(action.spentMinutes, action.plannedMinutes),
    sign: action.successSign,
    state: actionState(action.state),
    isAddition: action.isAddition
  };
}

function totalInWords({ actions }: PlanSheet): string | null {
  const spent = actions.reduce((sum, action) => sum + action.spentMinutes, 0);
  const planned = actions.reduce((sum, action) => sum + action.plannedMinutes, 0);
  if (spent + planned === 0) return null;
  const words = (minutes: number) => (minutes === 0 ? m.support_plan_hours_none() : durationInWords(minutes));
  return m.support_plan_hours_total({ spent: words(spent), planned: words(planned) });
}
