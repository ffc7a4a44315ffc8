import type { DecideStepRefusal } from '@terreau/features/support/decide-step.command';
import type { ExitAnswer, JourneySource, StepState } from '@terreau/features/support/journey.rules';
import type { PlanNextActionRefusal } from '@terreau/features/support/plan-next-action.command';
import type { SayFactsRefusal } from '@terreau/features/support/say-facts.command';
import type { ShareProjectRefusal } from '@terreau/features/support/share-project.command';
import type { StepDecision } from '@terreau/features/support/step-decision.rules';
import type { DossierMoveRefusal } from '@terreau/features/support/dossier-life.rules';
import { m } from '#texts/messages.js';

/* The codes of the journey in the language of the page. */

type Words<Code extends string> = Readonly<Record<Code, () => string>>;

export const DECISION_WORDS: Words<StepDecision> = {
  continue: m.support_journey_decision_continue,
  'go-back': m.support_journey_decision_go_back,
  pause: m.support_journey_decision_pause,
  'join-another': m.support_journey_decision_join_another,
  stop: m.support_journey_decision_stop
};

export const EXIT_WORDS: Words<ExitAnswer> = {
  yes: m.support_journey_exit_yes,
  'not-yet': m.support_journey_exit_not_yet,
  'not-useful': m.support_journey_exit_not_useful
};

export const STEP_STATE_WORDS: Words<StepState> = {
  here: m.support_journey_step_here,
  done: m.support_journey_step_done,
  skipped: m.support_journey_step_skipped,
  begun: m.support_journey_step_begun,
  ahead: m.support_journey_step_ahead
};

export const SOURCE_WORDS: Words<JourneySource> = {
  meetings: m.support_journey_source_meetings,
  budget: m.support_journey_source_budget,
  deadlines: m.support_journey_source_deadlines,
  diagnosis: m.support_journey_source_diagnosis,
  plan: m.support_journey_source_plan
};

/** The refusals of the journey that no other page of a dossier gives. */
export type JourneyRefusal = Exclude<
  DecideStepRefusal | SayFactsRefusal | PlanNextActionRefusal | ShareProjectRefusal,
  'not-found' | 'changed-meanwhile' | DossierMoveRefusal
>;

export const JOURNEY_REFUSAL_WORDS: Readonly<Record<JourneyRefusal, (details: { max: number }) => string>> = {
  'decision-not-yours': m.support_journey_refusal_decision_not_yours,
  'decision-not-from-here': m.support_journey_refusal_decision_not_from_here,
  'step-not-ahead': m.support_journey_refusal_step_not_ahead,
  'step-not-behind': m.support_journey_refusal_step_not_behind,
  'decision-reason-missing': m.support_journey_refusal_decision_reason_missing,
  'fact-too-long': m.support_journey_refusal_fact_too_long,
  'fact-unknown': m.support_journey_refusal_fact_unknown,
  'dossier-ended': m.support_journey_refusal_dossier_ended,
  'sharing-agreement-missing': m.support_journey_refusal_sharing_agreement_missing,
  'project-untold': m.support_journey_refusal_project_untold
};

export const JOURNEY_FIELD_OF: Partial<Record<JourneyRefusal, string>> = {
  'decision-not-from-here': 'decision',
  'step-not-ahead': 'toStep',
  'step-not-behind': 'toStep',
  'decision-reason-missing': 'reason',
  'sharing-agreement-missing': 'agreed'
};
