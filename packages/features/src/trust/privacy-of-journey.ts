import { doneBy, type PersonalTable } from './privacy-entry.ts';
import { OF_OWN_DOSSIER } from './privacy-of-support.ts';

/* What a project shows outside of its circle. */

export const TABLES_ABOUT_SHARING: readonly PersonalTable[] = [
  {
    table: 'shared_project',
    purpose: {
      fr: 'Montrer un projet sur le territoire ou à tout le monde, mot pour mot comme son cercle l’a choisi.',
      en: 'To show a project in the territory or to everybody, word for word as its circle chose.'
    },
    basis: 'consent',
    retention: {
      fr: 'Tant que le cercle le veut : il reprend ses mots quand il veut, et ils sont effacés aussitôt.',
      en: 'As long as the circle wishes: it takes its words back whenever it wants, and they are erased at once.'
    },
    keys: [doneBy('shared_by'), OF_OWN_DOSSIER],
    exported: [
      'title',
      'audience',
      'sentence',
      'for_whom',
      'place_words',
      'aim',
      'first_actions',
      'hoped_change',
      'shared_at'
    ],
    mentioned: ['audience', 'shared_at'],
    hold: {
      fr: 'Un projet porté à plusieurs reste montré, sans votre nom, tant que les autres le veulent.',
      en: 'A project carried by several people is still shown, without your name, as long as the others wish.'
    }
  }
];
