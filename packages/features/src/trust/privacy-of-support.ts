import { doneBy, type PersonalTable, type PersonKey, type Words } from './privacy-entry.ts';

/* Dossiers, their circles, their notes, and who looked. A dossier follows a project or an organisation, never a life. */

export const WITH_THE_DOSSIER: Words = {
  fr: 'Pendant l’accompagnement, puis deux ans au plus après le dernier contact.',
  en: 'During the accompaniment, then two years at most after the last contact.'
};

export const STAYS: Words = {
  fr: 'Le dossier d’un projet porté à plusieurs, ou d’une organisation, reste aux autres, sans votre nom.',
  en: 'The dossier of a project carried by several people, or of an organisation, stays with the others, without your name.'
};

/**
 * A row of a dossier of which they carry or carried the project: they read it whole. A dossier that they carry alone
 * goes with them before the tables are looked at; of the others, the rows stay.
 */
export const OF_OWN_DOSSIER: PersonKey = { column: 'dossier_id', holds: 'dossier', link: 'own', erasure: 'keep' };

export const TABLES_ABOUT_SUPPORT: readonly PersonalTable[] = [
  {
    table: 'private_read',
    purpose: {
      fr: 'Dire à la structure accompagnée qui a regardé son dossier, et quand.',
      en: 'To tell the organisation supported who looked at its dossier, and when.'
    },
    basis: 'security',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('read_by'), OF_OWN_DOSSIER],
    exported: ['read_as', 'kind', 'what', 'read_at'],
    mentioned: ['kind', 'what', 'read_at'],
    hold: STAYS
  },
  {
    table: 'note_participant',
    purpose: {
      fr: 'Savoir qui était là, par sa place dans le cercle.',
      en: 'To know who was there, by their place in the circle.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [],
    exported: [],
    mentioned: []
  },
  {
    table: 'note',
    purpose: {
      fr: 'Garder ce qui a été fait, décidé, et ce qui reste à faire. La personne peut tout lire.',
      en: 'To keep what was done, decided, and what is left to do. The person may read all of it.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('written_by'), OF_OWN_DOSSIER],
    exported: [
      'happened_on',
      'minutes',
      'kind',
      'place',
      'done',
      'decided',
      'to_do',
      'next_on',
      'written_at',
      'corrected_at'
    ],
    mentioned: ['happened_on', 'minutes', 'kind', 'written_at'],
    hold: STAYS
  },
  {
    table: 'dossier_fact',
    purpose: {
      fr: 'Ne pas redemander ce qui a déjà été dit du projet.',
      en: 'Not to ask again what was already said of the project.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('said_by'), OF_OWN_DOSSIER],
    exported: ['key', 'value', 'said_at'],
    mentioned: ['key', 'said_at'],
    hold: STAYS
  },
  {
    table: 'step_decision',
    purpose: { fr: 'Garder la décision prise à chaque étape.', en: 'To keep the decision taken at each step.' },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('decided_by'), OF_OWN_DOSSIER],
    exported: ['decision', 'reason', 'decided_at'],
    mentioned: ['decision', 'decided_at'],
    hold: STAYS
  },
  {
    table: 'dossier_move',
    purpose: {
      fr: 'Garder la suite des états d’un accompagnement, avec leur auteur et leur date.',
      en: 'To keep the states of an accompaniment, with their author and date.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('moved_by'), OF_OWN_DOSSIER],
    exported: ['move', 'reason', 'note', 'moved_at'],
    mentioned: ['move', 'moved_at'],
    hold: STAYS
  },
  {
    table: 'diagnosis_view',
    purpose: {
      fr: 'Garder le regard de chaque personne sur la structure, illisible pour les autres avant la comparaison.',
      en: 'To keep each person’s view of the organisation, which others cannot read before the comparison.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [{ column: 'account_id', holds: 'account', link: 'own', erasure: 'delete' }, doneBy('typed_by')],
    exported: ['side', 'started_at', 'submitted_at'],
    mentioned: ['side', 'started_at']
  },
  {
    table: 'diagnosis_item',
    purpose: {
      fr: 'Garder ce qui a été convenu ensemble, et sur quoi commencer.',
      en: 'To keep what was agreed together, and what to begin with.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('agreed_by'), OF_OWN_DOSSIER],
    exported: ['item', 'level', 'mark', 'importance', 'evidence', 'priority', 'agreed_at'],
    mentioned: ['item', 'agreed_at'],
    hold: STAYS
  },
  {
    table: 'diagnosis',
    purpose: {
      fr: 'Choisir ensemble par quoi commencer, et revoir dans un an.',
      en: 'To choose together what to begin with, and look again in a year.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('opened_by'), doneBy('structure_signed_by'), doneBy('adviser_signed_by'), OF_OWN_DOSSIER],
    exported: ['round', 'form', 'agreed_on', 'people_present', 'structure_signed_at', 'adviser_signed_at'],
    mentioned: ['round', 'opened_at'],
    hold: STAYS
  },
  {
    table: 'dossier_member',
    purpose: {
      fr: 'Savoir qui est dans le cercle d’un dossier : eux seuls le lisent.',
      en: 'To know who is in the circle of a dossier: they alone read it.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [
      { column: 'account_id', holds: 'account', link: 'own', erasure: 'delete' },
      { column: 'person_id', holds: 'person', link: 'own', erasure: 'delete' },
      doneBy('added_by')
    ],
    exported: ['role', 'joined_at', 'left_at', 'reason'],
    mentioned: ['role', 'joined_at']
  },
  {
    table: 'dossier',
    purpose: {
      fr: 'Accompagner un projet ou une organisation dans la durée.',
      en: 'To support a project or an organisation over time.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('opened_by'), { column: 'id', holds: 'dossier', link: 'own', erasure: 'keep' }],
    exported: ['title', 'kind', 'state', 'step', 'next_contact_on', 'opened_at', 'closed_at'],
    mentioned: ['kind', 'state', 'opened_at'],
    hold: STAYS
  }
];
