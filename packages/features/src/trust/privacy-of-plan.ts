import { doneBy, type PersonalTable, type Words } from './privacy-entry.ts';
import { OF_OWN_DOSSIER, STAYS, WITH_THE_DOSSIER } from './privacy-of-support.ts';

/* The plan of an accompaniment, and the expertise found outside of its circle. */

const ofDossier = (
  table: string,
  purpose: Words,
  exported: readonly string[],
  mentioned: readonly string[],
  by: string = 'written_by'
): PersonalTable => ({
  table,
  purpose,
  basis: 'accompaniment',
  retention: WITH_THE_DOSSIER,
  keys: [doneBy(by), OF_OWN_DOSSIER],
  exported,
  mentioned,
  hold: STAYS
});

export const TABLES_ABOUT_PLANS: readonly PersonalTable[] = [
  {
    ...ofDossier(
      'plan_reminder',
      {
        fr: 'Ne pas vous rappeler deux fois la même chose en dix jours.',
        en: 'Not to remind you twice of the same thing within ten days.'
      },
      ['due_on', 'sent_at'],
      ['due_on', 'sent_at']
    ),
    keys: [OF_OWN_DOSSIER]
  },
  ofDossier(
    'plan_comment',
    {
      fr: 'Garder ce qui a été dit d’une action du plan, et pourquoi elle a changé.',
      en: 'To keep what was said of an action of the plan, and why it changed.'
    },
    ['body', 'from_state', 'to_state', 'why', 'minutes', 'written_at'],
    ['to_state', 'minutes', 'written_at']
  ),
  {
    ...ofDossier(
      'plan_action',
      {
        fr: 'Savoir qui fait quoi, et pour quand, dans le plan d’un accompagnement.',
        en: 'To know who does what, and by when, in the plan of an accompaniment.'
      },
      ['what', 'kind', 'owner_label', 'due_on', 'planned_minutes', 'success_sign', 'state', 'written_at', 'updated_at'],
      ['kind', 'due_on', 'state', 'written_at']
    ),
    keys: [doneBy('written_by'), doneBy('updated_by'), OF_OWN_DOSSIER]
  },
  ofDossier(
    'plan_priority',
    {
      fr: 'Se souvenir de ce par quoi commencer : trois priorités au plus.',
      en: 'To remember what to begin with: three priorities at most.'
    },
    ['position', 'title', 'item', 'written_at'],
    ['position', 'written_at']
  ),
  ofDossier(
    'expert_feedback',
    {
      fr: 'Apprendre de chaque mission : trois questions à la structure, trois à l’expert·e.',
      en: 'To learn from each mission: three questions to the organisation, three to the expert.'
    },
    ['side', 'first', 'second', 'third', 'written_at'],
    ['side', 'written_at']
  ),
  ofDossier(
    'expert_hours',
    { fr: 'Compter les heures d’une mission.', en: 'To count the hours of a mission.' },
    ['worked_on', 'minutes', 'what', 'written_at'],
    ['worked_on', 'minutes', 'what', 'written_at']
  ),
  ofDossier(
    'expert_mission',
    {
      fr: 'Garder le choix fait ensemble, et ce qui est attendu de la mission.',
      en: 'To keep the choice that was made together, and what is expected of the mission.'
    },
    [
      'chosen_on',
      'people_present',
      'chosen_why',
      'starts_on',
      'ends_on',
      'planned_minutes',
      'deliverable',
      'delivered_on',
      'delivered_words',
      'ended_at'
    ],
    ['chosen_on', 'starts_on', 'ends_on'],
    'chosen_by'
  ),
  {
    table: 'expert_proposal',
    purpose: {
      fr: 'Choisir ensemble, parmi des personnes qui ont dit oui.',
      en: 'To choose together, among people who said yes.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [
      { column: 'account_id', holds: 'account', link: 'own', erasure: 'anonymise', clears: ['name', 'offer'] },
      doneBy('written_by'),
      OF_OWN_DOSSIER
    ],
    exported: ['name', 'offer', 'agreed_on', 'written_at'],
    mentioned: ['agreed_on', 'written_at'],
    hold: STAYS
  },
  ofDossier(
    'expert_need',
    {
      fr: 'Dire de quelle expertise un projet a besoin, et comment elle sera choisie.',
      en: 'To say which expertise a project needs, and how it will be chosen.'
    },
    ['what', 'why', 'planned_minutes', 'before_on', 'how_chosen', 'written_at'],
    ['before_on', 'written_at']
  )
];
