import type { PlanActionLine, PlanSheet } from '@terreau/features/support/find-plan.query';
import type { PlanPaperWords } from '@terreau/features/support/plan.paper.rules';
import { PRIORITIES_COUNT } from '@terreau/features/support/plan.rules';
import type { Territory } from '@terreau/features/territories/find-territory.query';
import type { Instant } from '@terreau/kernel/instants';
import { formatLocalDate, formatShortDate } from '#lib/formats.ts';
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

/** The words around a plan on paper, as it stands at `now`. */
export function planPaperWords(plan: PlanSheet, { name, timeZone }: Territory, now: Instant): PlanPaperWords {
  const { title } = plan.head;
  const date = formatShortDate(now, timeZone);
  return {
    title: m.support_plan_title(),
    subtitle: m.support_journey_paper_subtitle({ title, territory: name, date }),
    footer: title,
    standing: standingText(plan, timeZone),
    nextContact: plan.nextContactOn
      ? { label: m.support_plan_next_contact(), value: formatLocalDate(plan.nextContactOn) }
      : null,
    columns: {
      what: m.support_plan_paper_what(),
      owner: m.support_plan_paper_owner(),
      day: m.support_plan_paper_day(),
      planned: m.support_plan_paper_planned(),
      spent: m.support_plan_paper_spent(),
      state: m.support_plan_paper_state()
    },
    others: m.support_plan_no_priority(),
    all: m.support_plan_paper_actions(),
    nothing: plan.priorities.length > 0 ? m.support_plan_priority_empty() : m.support_plan_empty_title(),
    sign: (sign) => m.support_plan_sign({ sign }),
    answer:
      plan.standing === 'accepted'
        ? null
        : {
            title: m.support_plan_paper_answer(),
            change: m.support_plan_paper_change(),
            signature: m.support_plan_paper_sign_here()
          }
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
    day: action.dueOn ? formatLocalDate(action.dueOn) : m.support_plan_no_date(),
    hours: hoursInWords(action.spentMinutes, action.plannedMinutes),
    planned: minutesInWords(action.plannedMinutes),
    spent: minutesInWords(action.spentMinutes),
    sign: action.successSign,
    state: actionState(action.state),
    addition: action.isAddition ? m.support_plan_addition() : null
  };
}

function minutesInWords(minutes: number): string {
  return minutes === 0 ? m.support_plan_hours_none() : durationInWords(minutes);
}

function totalInWords({ actions }: PlanSheet): string | null {
  const spent = actions.reduce((sum, action) => sum + action.spentMinutes, 0);
  const planned = actions.reduce((sum, action) => sum + action.plannedMinutes, 0);
  if (spent + planned === 0) return null;
  return m.support_plan_hours_total({ spent: minutesInWords(spent), planned: minutesInWords(planned) });
}
