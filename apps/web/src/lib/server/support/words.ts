import { fail } from '@sveltejs/kit';
import type {
  CircleRole,
  DossierMove,
  DossierState,
  InterruptionReason
} from '@terreau/features/support/dossier-life.rules';
import type { Answer } from '@terreau/features/support/diagnosis.rules';
import type { NoteKind } from '@terreau/features/support/note.schema';
import type { AgreeDiagnosisRefusal } from '@terreau/features/support/agree-diagnosis.command';
import type { AnswerDiagnosisRefusal } from '@terreau/features/support/answer-diagnosis.command';
import type { CompareDiagnosisRefusal } from '@terreau/features/support/compare-diagnosis.command';
import type { PrioritiseDiagnosisRefusal } from '@terreau/features/support/prioritise-diagnosis.command';
import type { SignDiagnosisRefusal } from '@terreau/features/support/sign-diagnosis.command';
import type { StartDiagnosisRefusal } from '@terreau/features/support/start-diagnosis.command';
import type { BringIntoCircleRefusal } from '@terreau/features/support/bring-into-circle.command';
import type { HandOverRefusal } from '@terreau/features/support/hand-over-dossiers.command';
import type { LeaveCircleRefusal } from '@terreau/features/support/leave-circle.command';
import type { MoveDossierRefusal } from '@terreau/features/support/move-dossier.command';
import type { CorrectNoteRefusal } from '@terreau/features/support/correct-note.command';
import type { OpenDossierRefusal } from '@terreau/features/support/open-dossier.command';
import type { LogCoordinationWorkRefusal } from '@terreau/features/support/log-coordination-work.command';
import type { WriteNoteRefusal } from '@terreau/features/support/write-note.command';
import type * as v from 'valibot';
import { m } from '#texts/messages.js';
import { JOURNEY_FIELD_OF, JOURNEY_REFUSAL_WORDS, type JourneyRefusal } from './journey-words.ts';

/* The codes of support in the language of the page. A missing text does not compile. */

type Words<Code extends string> = Readonly<Record<Code, () => string>>;

export const STATE_WORDS: Words<DossierState> = {
  requested: m.support_state_requested,
  orienting: m.support_state_orienting,
  redirected: m.support_state_redirected,
  accepted: m.support_state_accepted,
  diagnosis: m.support_state_diagnosis,
  'plan-proposed': m.support_state_plan_proposed,
  'plan-accepted': m.support_state_plan_accepted,
  'under-way': m.support_state_under_way,
  paused: m.support_state_paused,
  review: m.support_state_review,
  closed: m.support_state_closed,
  'check-up-12': m.support_state_check_up_12,
  'check-up-24': m.support_state_check_up_24,
  interrupted: m.support_state_interrupted
};

export const MOVE_WORDS: Words<DossierMove> = {
  orient: m.support_move_orient,
  redirect: m.support_move_redirect,
  accept: m.support_move_accept,
  'start-diagnosis': m.support_move_start_diagnosis,
  'propose-plan': m.support_move_propose_plan,
  'rework-plan': m.support_move_rework_plan,
  'accept-plan': m.support_move_accept_plan,
  start: m.support_move_start,
  pause: m.support_move_pause,
  resume: m.support_move_resume,
  review: m.support_move_review,
  close: m.support_move_close,
  'check-up-12': m.support_move_check_up_12,
  'check-up-24': m.support_move_check_up_24,
  interrupt: m.support_move_interrupt,
  reopen: m.support_move_reopen
};

export const REASON_WORDS: Words<InterruptionReason> = {
  'carrier-choice': m.support_reason_carrier_choice,
  'no-longer-answers': m.support_reason_no_longer_answers,
  'joins-another-project': m.support_reason_joins_another_project,
  'out-of-scope': m.support_reason_out_of_scope,
  'other-support': m.support_reason_other_support,
  'personal-reason': m.support_reason_personal_reason
};

export const ROLE_WORDS: Words<CircleRole> = {
  carrier: m.support_role_carrier,
  member: m.support_role_member,
  facilitator: m.support_role_facilitator,
  expert: m.support_role_expert,
  observer: m.support_role_observer
};

export const NOTE_KIND_WORDS: Words<NoteKind> = {
  meeting: m.support_note_kind_meeting,
  visit: m.support_note_kind_visit,
  call: m.support_note_kind_call,
  message: m.support_note_kind_message,
  writing: m.support_note_kind_writing,
  event: m.support_note_kind_event,
  training: m.support_note_kind_training,
  other: m.support_note_kind_other
};

export const READ_WORDS: Words<'page' | 'file' | 'export' | 'search' | 'report'> = {
  page: m.support_read_page,
  file: m.support_read_file,
  export: m.support_read_export,
  search: m.support_read_search,
  report: m.support_read_report
};

const STEP_NAMES = [
  m.support_step_0,
  m.support_step_1,
  m.support_step_2,
  m.support_step_3,
  m.support_step_4,
  m.support_step_5,
  m.support_step_6,
  m.support_step_7,
  m.support_step_8
];

/** « Étape E2 · Le projet en une page » */
export function stepInWords(step: number): string {
  return m.support_step({ step, name: STEP_NAMES[step]?.() ?? '' });
}

export function optionsOf<Code extends string>(words: Words<Code>, codes: readonly Code[]) {
  return codes.map((value) => ({ value, label: words[value]() }));
}

type Refusal = Exclude<
  | JourneyRefusal
  | OpenDossierRefusal
  | MoveDossierRefusal
  | BringIntoCircleRefusal
  | LeaveCircleRefusal
  | HandOverRefusal
  | WriteNoteRefusal
  | CorrectNoteRefusal
  | LogCoordinationWorkRefusal
  | StartDiagnosisRefusal
  | AnswerDiagnosisRefusal
  | CompareDiagnosisRefusal
  | AgreeDiagnosisRefusal
  | PrioritiseDiagnosisRefusal
  | SignDiagnosisRefusal,
  'not-found'
>;

const REFUSAL_WORDS: Readonly<Record<Refusal, (details: { max: number }) => string>> = {
  ...JOURNEY_REFUSAL_WORDS,
  'information-missing': m.support_refusal_information_missing,
  'name-missing': m.support_refusal_name_missing,
  'next-contact-missing': m.support_refusal_next_contact_missing,
  'next-contact-past': m.support_refusal_next_contact_past,
  'organization-missing': m.support_refusal_organization_missing,
  'organization-not-found': m.support_refusal_organization_not_found,
  'request-not-found': m.support_refusal_request_not_found,
  'changed-meanwhile': m.support_refusal_changed_meanwhile,
  'move-not-from-here': m.support_refusal_move_not_from_here,
  'move-not-yours': m.support_refusal_move_not_yours,
  'reason-missing': m.support_refusal_reason_missing,
  'note-missing': m.support_refusal_note_missing,
  'agreement-missing': m.support_refusal_agreement_missing,
  'role-not-yours': m.support_refusal_role_not_yours,
  'no-such-account': m.support_refusal_no_such_account,
  'already-there': m.support_refusal_already_there,
  'circle-full': m.support_refusal_circle_full,
  'last-facilitator': m.support_refusal_last_facilitator,
  'last-carrier': m.support_refusal_last_carrier,
  'same-person': m.support_refusal_same_person,
  'receiver-not-facilitator': m.support_refusal_receiver_not_facilitator,
  'nothing-to-hand-over': m.support_refusal_nothing_to_hand_over,
  'note-empty': m.support_refusal_note_empty,
  'note-in-the-future': m.support_refusal_note_in_the_future,
  'note-of-another': m.support_refusal_note_of_another,
  'dossier-ended': m.support_notes_refused_ended,
  'too-many-people': m.support_refusal_too_many_people,
  'diagnosis-open': m.support_refusal_diagnosis_open,
  'too-many-rounds': m.support_refusal_too_many_rounds,
  'view-submitted': m.support_refusal_view_submitted,
  'comparison-opened': m.support_refusal_comparison_opened,
  'comparison-missing': m.support_refusal_comparison_missing,
  'nothing-answered': m.support_refusal_nothing_answered,
  'too-many-views': m.support_refusal_too_many_views,
  'views-missing': m.support_refusal_views_missing,
  'diagnosis-signed': m.support_refusal_diagnosis_signed,
  'meeting-missing': m.support_refusal_meeting_missing,
  'too-long': m.support_refusal_too_long,
  'too-many-priorities': m.support_refusal_too_many_priorities,
  'priority-not-agreed': m.support_refusal_priority_not_agreed,
  'nothing-agreed': m.support_refusal_nothing_agreed,
  'plan-empty': m.support_plan_refusal_empty
};

const ANSWER_WORDS: Readonly<Record<string, () => string>> = {
  '1': m.support_diagnosis_level_1,
  '2': m.support_diagnosis_level_2,
  '3': m.support_diagnosis_level_3,
  '4': m.support_diagnosis_level_4,
  'not-concerned': m.support_diagnosis_not_concerned,
  unknown: m.support_diagnosis_unknown
};

/** « 2 · On commence » */
export function answerInWords(answer: Answer): string {
  const words = ANSWER_WORDS[String(answer)]!();
  return typeof answer === 'number' ? `${answer} · ${words}` : words;
}

/** « Diagnostic N », then « Diagnostic N+1 »… */
export function roundInWords(round: number): string {
  return round === 0 ? m.support_diagnosis_round_0() : m.support_diagnosis_round({ round });
}

/** The field that a refusal is about, where there is one. */
const FIELD_OF: Partial<Record<Refusal, string>> = {
  ...JOURNEY_FIELD_OF,
  'information-missing': 'informed',
  'name-missing': 'name',
  'next-contact-missing': 'nextContactOn',
  'next-contact-past': 'nextContactOn',
  'reason-missing': 'reason',
  'note-missing': 'note',
  'agreement-missing': 'agreedAloud',
  'no-such-account': 'accountEmail',
  'note-empty': 'done',
  'note-in-the-future': 'happenedOn',
  'dossier-ended': 'happenedOn',
  'too-many-people': 'others'
};

const PROBLEM_WORDS: Readonly<Record<string, () => string>> = {
  'too-long': m.support_problem_too_long,
  'malformed-date': m.support_problem_malformed_date,
  'malformed-minutes': m.support_problem_malformed_minutes,
  'malformed-count': m.support_problem_malformed_count,
  'malformed-phone': m.support_problem_malformed_phone,
  'malformed-email': m.support_problem_malformed_email,
  'too-many': m.support_problem_too_many,
  'malformed-number': m.support_figures_problem_number,
  'malformed-amount': m.support_figures_problem_amount,
  'malformed-year': m.support_figures_problem_year,
  'more-than-whole': m.support_figures_problem_whole,
  'too-short': m.support_plan_problem_too_short
};

export interface SentBack {
  readonly values: Readonly<Record<string, string | string[]>>;
  readonly errors: Readonly<Record<string, string>>;
}

/** A form sent back with what its fields lack; what was typed stays. */
export function failFields(issues: readonly v.BaseIssue<unknown>[], values: SentBack['values']) {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const field = String(issue.path?.[0]?.key ?? '');
    errors[field] ??= (PROBLEM_WORDS[issue.message] ?? m.support_problem_missing)();
  }
  return fail(422, { values, errors } satisfies SentBack);
}

/** A form sent back with a command's refusal, at its field (or the one given) or for the whole form. */
export function failRefused(
  refusal: { readonly code: Refusal; readonly details: Readonly<Record<string, string | number>> },
  values: SentBack['values'],
  field = FIELD_OF[refusal.code] ?? ''
) {
  const text = REFUSAL_WORDS[refusal.code]({ max: Number(refusal.details['max'] ?? 0) });
  return fail(409, { values, errors: { [field]: text } } satisfies SentBack);
}
