import type { CircleRole } from '@terreau/features/support/dossier-life.rules';
import { m } from '#texts/messages.js';
import { ROLE_WORDS } from './words.ts';

/* What was looked at in a dossier and as what, in the language of the page. */

const WHAT_WORDS: Readonly<Record<string, () => string>> = {
  dossier: m.support_reads_of_dossier,
  notes: m.support_reads_of_notes,
  note: m.support_reads_of_note,
  'note-form': m.support_reads_of_note_form,
  title: m.support_reads_of_title,
  talk: m.support_reads_of_talk,
  advisers: m.support_reads_of_advisers,
  draft: m.support_reads_of_draft,
  documents: m.support_reads_of_documents,
  document: m.support_reads_of_document,
  appointments: m.support_reads_of_appointments,
  calendar: m.support_reads_of_calendar,
  diagnosis: m.support_reads_of_diagnosis,
  diagnoses: m.support_reads_of_diagnoses,
  consents: m.support_reads_of_consents,
  experts: m.support_reads_of_experts,
  journey: m.support_reads_of_journey,
  'key-figures': m.support_reads_of_key_figures,
  meetings: m.support_reads_of_meetings,
  month: m.support_reads_of_month,
  plan: m.support_reads_of_plan,
  visibility: m.support_reads_of_visibility,
  case: m.support_reads_of_case,
  feedback: m.support_reads_of_feedback,
  year: m.support_reads_of_year,
  person: m.support_reads_of_person,
  committee: m.support_reads_of_committee
};

/** A step of the journey: its page, or its paper. */
const STEP_READ = /^journey-(\d)$/;

/** The page or the file, by its code; the code itself where it has no words yet. */
export function whatWasRead(code: string): string {
  const step = STEP_READ.exec(code)?.[1];
  return step ? m.support_reads_of_step({ step }) : (WHAT_WORDS[code]?.() ?? code);
}

/** The place in the circle, or the team that answered somebody without an account. */
export function readerAs(code: string): string {
  if (code === 'committee') return m.support_committee_reader();
  return code === 'team' ? m.support_reads_by_team() : (ROLE_WORDS[code as CircleRole]?.() ?? code);
}
