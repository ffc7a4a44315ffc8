import { doneBy, type PersonalTable } from './privacy-entry.ts';
import { OF_OWN_DOSSIER } from './privacy-of-support.ts';

/* What a note said before it was corrected, and the log of what the team does besides its dossiers. */

export const TABLES_ABOUT_NOTES: readonly PersonalTable[] = [
  {
    table: 'note_version',
    purpose: {
      fr: 'Ne rien cacher d’une note corrigée : le cercle lit ce qu’elle disait avant.',
      en: 'To hide nothing of a corrected note: the circle reads what it said before.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Avec la note : pendant l’accompagnement, puis deux ans au plus après le dernier contact.',
      en: 'With the note: during the accompaniment, then two years at most after the last contact.'
    },
    keys: [doneBy('replaced_by'), OF_OWN_DOSSIER],
    exported: ['happened_on', 'minutes', 'kind', 'place', 'done', 'decided', 'to_do', 'next_on', 'replaced_at'],
    mentioned: ['happened_on', 'replaced_at'],
    hold: {
      fr: 'Le dossier d’un projet porté à plusieurs, ou d’une organisation, reste aux autres, sans votre nom.',
      en: 'The dossier of a project carried by several people, or of an organisation, stays with the others, without your name.'
    }
  },
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
