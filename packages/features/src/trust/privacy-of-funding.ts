import { doneBy, type PersonalTable, type Words } from './privacy-entry.ts';
import { OF_OWN_DOSSIER } from './privacy-of-support.ts';

/* Budgets, what funders answered, and deadlines: of a project or an organisation, never of somebody's own money. */

const WITH_THE_DOSSIER: Words = {
  fr: 'Pendant l’accompagnement, puis deux ans au plus après le dernier contact.',
  en: 'During the accompaniment, then two years at most after the last contact.'
};

const STAYS: Words = {
  fr: 'Les comptes d’un projet porté à plusieurs, ou d’une organisation, restent aux autres, sans votre nom.',
  en: 'The accounts of a project carried by several people, or of an organisation, stay with the others, without your name.'
};

export const TABLES_ABOUT_FUNDING: readonly PersonalTable[] = [
  {
    table: 'dossier_deadline',
    purpose: {
      fr: 'Ne manquer aucune échéance : compte rendu financier, assemblée, assurance.',
      en: 'To miss no deadline: financial report, general meeting, insurance.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('made_by'), doneBy('done_by'), OF_OWN_DOSSIER],
    exported: ['kind', 'label', 'due_on', 'made_at', 'done_at'],
    mentioned: ['kind', 'due_on', 'made_at'],
    hold: STAYS
  },
  {
    table: 'budget_actual',
    purpose: {
      fr: 'Comparer ce qui était prévu et ce qui a été dépensé.',
      en: 'To compare what was forecast and what was spent.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [OF_OWN_DOSSIER],
    exported: ['label', 'cents', 'explanation'],
    mentioned: [],
    hold: STAYS
  },
  {
    table: 'funding_step',
    purpose: {
      fr: 'Garder ce que chaque financeur a répondu, et quand.',
      en: 'To keep what each funder answered, and when.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('set_by'), OF_OWN_DOSSIER],
    exported: ['state', 'happened_on', 'note', 'set_at'],
    mentioned: ['state', 'happened_on'],
    hold: STAYS
  },
  {
    table: 'budget_line',
    purpose: {
      fr: 'Construire le budget d’un projet ou d’une année, ligne par ligne.',
      en: 'To build the budget of a project or of a year, line by line.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [OF_OWN_DOSSIER],
    exported: ['label', 'cents', 'basis'],
    mentioned: [],
    hold: STAYS
  },
  {
    table: 'budget_renaming',
    purpose: {
      fr: 'Retrouver un budget sous son ancien nom, et savoir qui l’a changé.',
      en: 'To find a budget by its former name, and to know who changed it.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('renamed_by'), OF_OWN_DOSSIER],
    exported: ['title_before', 'renamed_at'],
    mentioned: ['renamed_at'],
    hold: STAYS
  },
  {
    table: 'budget',
    purpose: {
      fr: 'Savoir si un projet est possible, et le demander sans tout réécrire.',
      en: 'To know whether a project is possible, and to ask for it without writing everything again.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('made_by'), doneBy('finalised_by'), doneBy('report_closed_by'), OF_OWN_DOSSIER],
    exported: [
      'title',
      'starts_on',
      'ends_on',
      'finalised_at',
      'report_done',
      'report_public',
      'report_effects',
      'report_closed_at'
    ],
    mentioned: ['made_at', 'finalised_at'],
    hold: STAYS
  }
];
