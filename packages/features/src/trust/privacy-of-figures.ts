import { doneBy, type PersonalTable } from './privacy-entry.ts';
import { OF_OWN_DOSSIER, STAYS, WITH_THE_DOSSIER } from './privacy-of-support.ts';

/* What the accounts of a structure supported say, and what it lets others count or hear of its diagnosis. */

export const TABLES_ABOUT_FIGURES: readonly PersonalTable[] = [
  {
    table: 'key_figure_source',
    purpose: {
      fr: 'Savoir d’où vient l’argent d’une structure, pour en parler avec elle.',
      en: 'To know where an organisation’s money comes from, to talk about it together.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [OF_OWN_DOSSIER],
    exported: ['label', 'amount_cents'],
    mentioned: [],
    hold: STAYS
  },
  {
    table: 'key_figures',
    purpose: {
      fr: 'Garder les chiffres clés d’une structure d’une année à l’autre, pour elle et son accompagnement seuls.',
      en: 'To keep an organisation’s key figures from year to year, for it and whoever accompanies it alone.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('typed_by'), OF_OWN_DOSSIER],
    exported: [
      'year',
      'jobs_hundredths',
      'volunteers',
      'volunteer_hours',
      'income_cents',
      'charges_cents',
      'cash_cents',
      'equity_cents',
      'people_reached',
      'reached_definition',
      'typed_at'
    ],
    mentioned: ['year', 'typed_at'],
    hold: STAYS
  },
  {
    table: 'diagnosis_consent',
    purpose: {
      fr: 'Garder la trace de ce que la structure accepte de laisser compter ou raconter, question par question.',
      en: 'To keep a trace of what the organisation lets others count or hear, question by question.'
    },
    basis: 'consent',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('given_by'), doneBy('withdrawn_by'), OF_OWN_DOSSIER],
    exported: ['item', 'purpose', 'channel', 'given_at', 'withdrawn_at'],
    mentioned: ['item', 'purpose', 'given_at', 'withdrawn_at'],
    hold: STAYS
  },
  {
    table: 'diagnosis_release',
    purpose: {
      fr: 'Montrer à la coordination combien de structures en sont où, sans nom et à partir de cinq.',
      en: 'To show the coordination how many organisations stand where, without a name and from five.'
    },
    basis: 'consent',
    retention: {
      fr: 'Tant que le territoire existe : des nombres, qui ne disent rien de personne.',
      en: 'As long as the territory exists: numbers, which say nothing of anybody.'
    },
    keys: [doneBy('released_by')],
    exported: [],
    mentioned: ['number', 'released_at']
  }
];
