import { doneBy, type PersonalTable } from './privacy-entry.ts';
import { OF_OWN_DOSSIER } from './privacy-of-support.ts';

/* The meetings that were proposed to a dossier, or put aside. How to reach somebody is read from their own row, never kept here. */

export const TABLES_ABOUT_MEETINGS: readonly PersonalTable[] = [
  {
    table: 'introduction',
    purpose: {
      fr: 'Proposer une rencontre à un projet et à une structure, garder la réponse de chacun, et ne pas proposer deux fois.',
      en: 'To propose a meeting to a project and an organisation, keep the answer of each, and not propose it twice.'
    },
    basis: 'consent',
    retention: {
      fr: 'Avec le dossier : pendant l’accompagnement, puis deux ans au plus après le dernier contact.',
      en: 'With the dossier: during the accompaniment, then two years at most after the last contact.'
    },
    keys: [
      doneBy('decided_by'),
      doneBy('own_answered_by'),
      doneBy('other_answered_by'),
      doneBy('own_outcome_by'),
      OF_OWN_DOSSIER
    ],
    exported: [
      'state',
      'words',
      'decided_at',
      'own_answer',
      'own_answered_at',
      'met_on',
      'own_outcome',
      'own_outcome_note'
    ],
    mentioned: ['state', 'decided_at'],
    hold: {
      fr: 'Le dossier d’un projet porté à plusieurs, ou d’une organisation, reste aux autres, sans votre nom.',
      en: 'The dossier of a project carried by several people, or of an organisation, stays with the others, without your name.'
    }
  }
];
