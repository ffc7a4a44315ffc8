import { doneBy, type PersonalTable } from './privacy-entry.ts';

/* The log of coordination time: what the team does besides its dossiers. */

export const TABLES_ABOUT_NOTES: readonly PersonalTable[] = [
  {
    table: 'coordination_work',
    purpose: {
      fr: 'Compter le temps de travail qui n’est d’aucun dossier. Aucun habitant n’y est nommé.',
      en: 'To count the working time that belongs to no dossier. No resident is named in it.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Tant que le territoire en rend compte ; la ligne reste, sans le nom, quand le compte est effacé.',
      en: 'As long as the territory accounts for it; the line stays, without the name, when the account is erased.'
    },
    keys: [doneBy('written_by')],
    exported: [],
    mentioned: ['happened_on', 'minutes', 'kind', 'themes', 'sentence', 'written_at', 'corrected_at'],
    hold: {
      fr: 'Le temps compté reste au territoire, sans votre nom.',
      en: 'The time counted stays with the territory, without your name.'
    }
  }
];
