import { doneBy, ownedBy, type PersonalTable, type Words } from './privacy-entry.ts';
import { OF_OWN_DOSSIER, STAYS, WITH_THE_DOSSIER } from './privacy-of-support.ts';

/* The support committee: what a structure agreed to show, and what was said of it. */

const WITH_THE_COMMITTEE: Words = {
  fr: 'Lu par ses membres trente jours au plus ; gardé ensuite dans le dossier, pour son cercle.',
  en: 'Read by its members for thirty days at most; kept afterwards in the dossier, for its circle.'
};

const ofItem = (
  table: string,
  purpose: Words,
  by: readonly string[],
  exported: readonly string[],
  mentioned: readonly string[]
): PersonalTable => ({
  table,
  purpose,
  basis: 'consent',
  retention: WITH_THE_COMMITTEE,
  keys: [...by.map(doneBy), OF_OWN_DOSSIER],
  exported,
  mentioned,
  hold: STAYS
});

export const TABLES_ABOUT_COMMITTEES: readonly PersonalTable[] = [
  ofItem(
    'committee_task',
    { fr: 'Savoir qui fait quoi après un comité.', en: 'To know who does what after a committee.' },
    ['written_by'],
    ['what', 'who', 'due_on', 'done_at', 'written_at'],
    ['due_on', 'written_at']
  ),
  ofItem(
    'committee_opinion',
    {
      fr: 'Garder les avis donnés à une structure, qui décide elle-même.',
      en: 'To keep the opinions given to an organisation, which decides for itself.'
    },
    ['given_by'],
    ['opinion', 'given_at'],
    ['opinion', 'given_at']
  ),
  ofItem(
    'committee_item',
    {
      fr: 'Ne montrer à un comité que ce que la structure a accepté, et garder la trace de son accord.',
      en: 'To show a committee only what the organisation agreed to, and to keep its consent.'
    },
    ['recorded_by', 'written_by'],
    ['consented_on', 'channel', 'title', 'summary', 'minutes', 'decision', 'recorded_at', 'withdrawn_at'],
    ['recorded_at']
  ),
  {
    table: 'committee_member',
    purpose: { fr: 'Savoir qui siège dans un comité d’appui.', en: 'To know who sits in a support committee.' },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [ownedBy('account_id'), doneBy('seated_by')],
    exported: ['role', 'seated_at', 'left_at'],
    mentioned: ['role', 'seated_at']
  },
  {
    table: 'committee',
    purpose: { fr: 'Fixer la date et le lieu d’un comité.', en: 'To set the date and the place of a committee.' },
    basis: 'accompaniment',
    retention: {
      fr: 'Tant que le territoire existe : une date et un lieu.',
      en: 'As long as the territory exists: a date and a place.'
    },
    keys: [doneBy('opened_by')],
    exported: [],
    mentioned: ['held_on', 'opened_at']
  }
];
