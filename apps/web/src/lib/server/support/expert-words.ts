import { fail } from '@sveltejs/kit';
import type { ChooseExpertRefusal } from '@terreau/features/support/choose-expert.command';
import type { DeliverExpertMissionRefusal } from '@terreau/features/support/deliver-expert-mission.command';
import type { ExpertState } from '@terreau/features/support/expert.rules';
import { FEEDBACK_ANSWERS, FEEDBACK_SIDES } from '@terreau/features/support/expert.schema';
import type { ExpertMissionSheet, ExpertNeedSheet } from '@terreau/features/support/find-expert-need.query';
import type { LogExpertHoursRefusal } from '@terreau/features/support/log-expert-hours.command';
import type { ProposeExpertRefusal } from '@terreau/features/support/propose-expert.command';
import type { TellOfExpertMissionRefusal } from '@terreau/features/support/tell-of-expert-mission.command';
import type { WriteExpertNeedRefusal } from '@terreau/features/support/write-expert-need.command';
import { formatLocalDate } from '#lib/formats.ts';
import { durationInWords } from '#lib/support/duration.ts';
import { m } from '#texts/messages.js';
import { optionsOf, type SentBack } from './words.ts';

/* The codes of outside expertise in the language of the page. A missing text does not compile. */

const STATES = {
  open: { text: m.support_expert_state_open, tone: 'wait' },
  chosen: { text: m.support_expert_state_chosen, tone: 'news' },
  delivered: { text: m.support_expert_state_delivered, tone: 'good' },
  ended: { text: m.support_expert_state_ended, tone: 'good' },
  withdrawn: { text: m.support_expert_state_withdrawn, tone: 'plain' }
} as const satisfies Record<ExpertState, unknown>;

export function expertStateInWords(state: ExpertState) {
  return { text: STATES[state].text(), tone: STATES[state].tone };
}

type Side = (typeof FEEDBACK_SIDES)[number];

const ANSWER_WORDS: Readonly<Record<(typeof FEEDBACK_ANSWERS)[number], () => string>> = {
  yes: m.support_expert_feedback_yes,
  partly: m.support_expert_feedback_partly,
  no: m.support_expert_feedback_no
};

const QUESTIONS: Readonly<Record<Side, readonly [() => string, () => string, () => string]>> = {
  structure: [
    m.support_expert_feedback_structure_first,
    m.support_expert_feedback_structure_second,
    m.support_expert_feedback_structure_third
  ],
  expert: [
    m.support_expert_feedback_expert_first,
    m.support_expert_feedback_expert_second,
    m.support_expert_feedback_expert_third
  ]
};

const SIDE_WORDS: Readonly<Record<Side, () => string>> = {
  structure: m.support_expert_feedback_structure,
  expert: m.support_expert_feedback_expert
};

/** An expertise as its page shows it: what is asked, who could, what was chosen, what came of it. */
export function expertNeedPage(sheet: ExpertNeedSheet) {
  const may = (move: (typeof sheet.moves)[number]) => sheet.moves.includes(move);
  const who = [
    {
      label: m.support_expert_propose_experts(),
      options: sheet.experts.map(({ id, name }) => ({ value: `account:${id}`, label: name }))
    },
    {
      label: m.support_expert_propose_people(),
      options: sheet.people.map(({ id, title }) => ({ value: `support:${id}`, label: title }))
    }
  ].filter(({ options }) => options.length > 0);
  return {
    what: sheet.what,
    why: sheet.why,
    time: sheet.plannedMinutes > 0 ? durationInWords(sheet.plannedMinutes) : null,
    before: sheet.beforeOn && formatLocalDate(sheet.beforeOn),
    howChosen: sheet.howChosen,
    action: sheet.action,
    state: expertStateInWords(sheet.state),
    proposals: sheet.proposals.map((proposal) => ({
      id: proposal.id,
      name: proposal.name ?? m.support_expert_erased(),
      supportId: proposal.supportId,
      offer: proposal.offer,
      agreed: m.support_expert_agreed({ date: formatLocalDate(proposal.agreedOn) }),
      isChosen: sheet.mission?.proposalId === proposal.id
    })),
    choices: sheet.proposals.map(({ id, name, hasAccount }) => ({
      value: id,
      label: name ?? m.support_expert_erased(),
      ...(hasAccount ? { hint: m.support_expert_choose_joins() } : {})
    })),
    who,
    today: sheet.today,
    mission: sheet.mission && missionInWords(sheet.mission),
    sides: sheet.state === 'delivered' || sheet.state === 'ended' ? sidesOf(sheet) : [],
    mayPropose: may('propose'),
    mayChoose: may('choose') && sheet.proposals.length > 0,
    mayWithdraw: may('withdraw'),
    mayLog: may('log-hours'),
    mayDeliver: may('deliver'),
    mayEnd: may('end'),
    plannedTyped:
      sheet.plannedMinutes > 0
        ? `${Math.floor(sheet.plannedMinutes / 60)}h${String(sheet.plannedMinutes % 60).padStart(2, '0')}`
        : ''
  };
}

function missionInWords(mission: ExpertMissionSheet) {
  const spent = mission.hours.reduce((sum, { minutes }) => sum + minutes, 0);
  return {
    chosen: m.support_expert_chosen_on({ date: formatLocalDate(mission.chosenOn) }),
    peoplePresent: mission.peoplePresent,
    why: mission.chosenWhy,
    dates: m.support_expert_dates({ from: formatLocalDate(mission.startsOn), to: formatLocalDate(mission.endsOn) }),
    deliverable: mission.deliverable,
    delivered: mission.deliveredOn && formatLocalDate(mission.deliveredOn),
    deliveredWords: mission.deliveredWords,
    hours: mission.hours.map(({ id, workedOn, minutes, what }) => ({
      id,
      on: formatLocalDate(workedOn),
      time: durationInWords(minutes),
      what
    })),
    total:
      spent === 0
        ? null
        : mission.plannedMinutes === 0
          ? m.support_expert_hours_total_only({ spent: durationInWords(spent) })
          : m.support_expert_hours_total({
              spent: durationInWords(spent),
              planned: durationInWords(mission.plannedMinutes)
            })
  };
}

/** What each side said, or the three questions for whoever may answer them. */
function sidesOf({ mission, moves }: ExpertNeedSheet) {
  return FEEDBACK_SIDES.map((side) => {
    const said = mission?.feedback.find((one) => one.side === side);
    const questions = QUESTIONS[side].map((question) => question());
    return {
      side,
      name: SIDE_WORDS[side](),
      questions,
      answers: said ? [ANSWER_WORDS[said.first](), said.second ?? '—', said.third ?? '—'] : null,
      options: optionsOf(ANSWER_WORDS, FEEDBACK_ANSWERS),
      mayTell: !said && moves.includes(side === 'expert' ? 'tell-expert' : 'tell-structure')
    };
  });
}

type Refusal = Exclude<
  | WriteExpertNeedRefusal
  | ProposeExpertRefusal
  | ChooseExpertRefusal
  | LogExpertHoursRefusal
  | DeliverExpertMissionRefusal
  | TellOfExpertMissionRefusal,
  'not-found'
>;

const REFUSALS: Readonly<
  Record<Refusal, { readonly text: (details: { max: number }) => string; readonly field?: string }>
> = {
  'plan-not-yours': { text: m.support_plan_refusal_not_yours },
  'dossier-ended': { text: m.support_plan_refusal_ended },
  'action-not-found': { text: m.support_expert_refusal_action, field: 'action' },
  'too-many-needs': { text: m.support_expert_refusal_full },
  'too-many-proposals': { text: m.support_expert_refusal_full },
  'too-many-hours': { text: m.support_expert_refusal_full },
  'expert-move-not-from-here': { text: m.support_expert_refusal_not_from_here },
  'expert-move-not-yours': { text: m.support_expert_refusal_not_yours },
  'expert-missing': { text: m.support_expert_refusal_missing, field: 'who' },
  'expert-twice': { text: m.support_expert_refusal_twice, field: 'name' },
  'expert-unknown': { text: m.support_expert_refusal_unknown, field: 'who' },
  'agreed-later': { text: m.support_expert_refusal_later, field: 'agreedOn' },
  'chosen-later': { text: m.support_expert_refusal_later, field: 'chosenOn' },
  'worked-later': { text: m.support_expert_refusal_later, field: 'workedOn' },
  'delivered-later': { text: m.support_expert_refusal_later, field: 'deliveredOn' },
  'dates-crossed': { text: m.support_expert_refusal_crossed, field: 'endsOn' },
  'proposal-not-found': { text: m.support_expert_refusal_proposal, field: 'proposal' },
  'already-there': { text: m.support_refusal_already_there, field: 'proposal' },
  'circle-full': { text: m.support_refusal_circle_full, field: 'proposal' },
  'told-already': { text: m.support_expert_refusal_told }
};

/** A form of an expertise sent back with a command's refusal, at its field or for the whole form. */
export function failExpert(
  refusal: { readonly code: Refusal; readonly details: Readonly<Record<string, string | number>> },
  values: SentBack['values']
) {
  const { text, field } = REFUSALS[refusal.code];
  const words = text({ max: Number(refusal.details['max'] ?? 0) });
  return fail(409, { values, errors: { [field ?? '']: words } } satisfies SentBack);
}
