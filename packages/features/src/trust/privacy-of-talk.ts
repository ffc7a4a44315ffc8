import { doneBy, ownedBy, type PersonalTable } from './privacy-entry.ts';
import { OF_OWN_DOSSIER, STAYS, WITH_THE_DOSSIER } from './privacy-of-support.ts';

/*
 * The conversations of a dossier and its documents. The room of those who advise stands in the same tables: whoever
 * carries the project exports its words with all the others, word for word.
 */

export const TABLES_ABOUT_TALK: readonly PersonalTable[] = [
  {
    table: 'talk_reader',
    purpose: {
      fr: 'Savoir ce qui est nouveau pour vous, et ne pas vous écrire plus d’une fois par heure.',
      en: 'To know what is new to you, and not to write to you more than once an hour.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [ownedBy('account_id')],
    exported: ['read_at'],
    mentioned: []
  },
  {
    table: 'talk_piece',
    purpose: {
      fr: 'Garder ce qui est dit dans les échanges d’un dossier, y compris entre accompagnateurs : tout vous est remis.',
      en: 'To keep what is said in the conversations of a dossier, also between advisers: all of it is given to you.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [OF_OWN_DOSSIER],
    exported: ['kind', 'words', 'to_state'],
    mentioned: [],
    hold: STAYS
  },
  {
    table: 'talk_recommendation',
    purpose: {
      fr: 'Savoir ce qui a été recommandé, et où cela en est.',
      en: 'To know what was recommended, and where it stands.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('state_changed_by'), OF_OWN_DOSSIER],
    exported: ['title', 'why', 'due_on', 'state', 'state_changed_at'],
    mentioned: ['state', 'state_changed_at'],
    hold: STAYS
  },
  {
    table: 'talk_message',
    purpose: {
      fr: 'Savoir qui a écrit, et qui a dit de vive voix.',
      en: 'To know who wrote, and who said it aloud.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('written_by'), OF_OWN_DOSSIER],
    exported: ['written_at', 'published_at'],
    mentioned: ['written_at', 'published_at'],
    hold: STAYS
  },
  {
    table: 'talk_thread',
    purpose: {
      fr: 'Ranger les échanges d’un dossier par sujet, et dire qui les lit.',
      en: 'To sort the conversations of a dossier by subject, and say who reads them.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('started_by'), OF_OWN_DOSSIER],
    exported: ['subject', 'audience', 'started_at', 'last_message_at'],
    mentioned: ['audience', 'started_at'],
    hold: STAYS
  },
  {
    table: 'dossier_document',
    purpose: {
      fr: 'Garder les documents d’un dossier, privés à son cercle. Un fichier retiré est effacé aussitôt.',
      en: 'To keep the documents of a dossier, private to its circle. A file that is removed is erased at once.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('added_by'), OF_OWN_DOSSIER],
    exported: ['name', 'media_type', 'bytes', 'audience', 'added_at'],
    mentioned: ['media_type', 'added_at'],
    hold: STAYS
  }
];
