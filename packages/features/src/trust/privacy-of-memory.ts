import { doneBy, type PersonalTable } from './privacy-entry.ts';
import { OF_OWN_DOSSIER, STAYS, WITH_THE_DOSSIER } from './privacy-of-support.ts';

/* What an accompaniment teaches, and what a structure says of it. */

export const TABLES_ABOUT_MEMORY: readonly PersonalTable[] = [
  {
    table: 'support_case',
    purpose: {
      fr: 'Garder ce qui a marché et ce qui n’a pas marché, pour d’autres, avec l’accord de la structure.',
      en: 'To keep what worked and what did not, for others, with the organisation’s consent.'
    },
    basis: 'consent',
    retention: {
      fr: 'Jusqu’à ce que la structure revienne sur son accord : le texte est alors retiré aussitôt.',
      en: 'Until the organisation takes back its consent: the text is then removed at once.'
    },
    keys: [doneBy('written_by'), OF_OWN_DOSSIER],
    exported: ['title', 'situation', 'tried', 'worked', 'failed', 'advice', 'shown_as', 'published_at'],
    mentioned: ['published_at'],
    hold: STAYS
  },
  {
    table: 'dossier_feedback',
    purpose: {
      fr: 'Savoir si l’accompagnement a servi, d’après la structure, à la fin puis un et deux ans après.',
      en: 'To know whether the support was of use, as the organisation says, at its end and one and two years later.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('given_by'), OF_OWN_DOSSIER],
    exported: ['moment', 'useful', 'holds', 'again', 'words', 'given_at'],
    mentioned: ['moment', 'given_at'],
    hold: STAYS
  }
];
