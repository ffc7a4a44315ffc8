import { doneBy, ownedBy, type PersonalTable, type Words } from './privacy-entry.ts';

/* Reports: figures and the words of those who tell them. Figures name dossiers by an id, never a person. */

const AS_LONG_AS_TOLD: Words = {
  fr: 'Tant que le territoire rend compte de la période ; un bilan figé ne change plus.',
  en: 'As long as the territory accounts for the period; a frozen report no longer changes.'
};
const STAYS: Words = {
  fr: 'Les chiffres dits au nom du territoire restent, sans votre nom.',
  en: 'The figures told in the name of the territory stay, without your name.'
};

export const TABLES_ABOUT_REPORTS: readonly PersonalTable[] = [
  {
    table: 'report_link',
    purpose: {
      fr: 'Montrer un bilan figé à une structure sans compte, et pouvoir l’arrêter.',
      en: 'To show a frozen report to an organisation without an account, and to be able to stop it.'
    },
    basis: 'accompaniment',
    retention: AS_LONG_AS_TOLD,
    keys: [doneBy('created_by'), doneBy('revoked_by')],
    exported: [],
    mentioned: ['label', 'created_at', 'expires_at'],
    hold: STAYS
  },
  {
    table: 'report',
    purpose: {
      fr: 'Rendre compte d’un mois ou d’une période sans ressaisir les notes.',
      en: 'To account for a month or a period without typing the notes again.'
    },
    basis: 'accompaniment',
    retention: AS_LONG_AS_TOLD,
    keys: [ownedBy('account_id'), doneBy('created_by'), doneBy('frozen_by')],
    exported: ['kind', 'title', 'from_on', 'to_on', 'comment', 'failed', 'nothing_failed_because', 'frozen_at'],
    mentioned: ['kind', 'title', 'from_on', 'to_on', 'frozen_at'],
    hold: STAYS
  },
  {
    table: 'report_template',
    purpose: {
      fr: 'Garder ce qu’un financeur demande, pour ne pas le recomposer chaque année.',
      en: 'To keep what a funder asks, so as not to compose it again every year.'
    },
    basis: 'accompaniment',
    retention: AS_LONG_AS_TOLD,
    keys: [doneBy('created_by')],
    exported: [],
    mentioned: ['title', 'created_at'],
    hold: STAYS
  }
];
