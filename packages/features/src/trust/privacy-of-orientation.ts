import { doneBy, mayShow, type PersonalTable, type PersonKey, type Words } from './privacy-entry.ts';
import { OF_OWN_DOSSIER } from './privacy-of-support.ts';

/* The catalogue of supports and the life of requests: what somebody asked, and what was answered. */

const WITH_THE_REQUEST: Words = {
  fr: 'Avec la demande : deux ans au plus après le dernier contact ; un brouillon, 30 jours.',
  en: 'With the request: two years at most after the last contact; a draft, 30 days.'
};

/** The row goes when the request of the person goes. */
const OF_OWN_REQUEST: PersonKey = { column: 'request_id', holds: 'written', link: 'own', erasure: 'delete' };

export const TABLES_ABOUT_ORIENTATION: readonly PersonalTable[] = [
  {
    table: 'request_survey',
    purpose: {
      fr: 'Savoir si une demande a reçu une réponse utile, et compter les réponses.',
      en: 'To know whether a request got a useful answer, and count answers.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_REQUEST,
    keys: [OF_OWN_REQUEST, doneBy('typed_by')],
    exported: ['asked_at', 'answered_at', 'was_contacted', 'was_useful', 'what_came', 'channel'],
    mentioned: ['answered_at']
  },
  {
    table: 'promised_contact',
    purpose: {
      fr: 'Tenir ce qui a été promis : un appel, une visite, un message.',
      en: 'To keep what was promised: a call, a visit, a message.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_REQUEST,
    keys: [OF_OWN_REQUEST, doneBy('promised_by'), OF_OWN_DOSSIER],
    exported: ['kind', 'promised_on', 'note', 'done_at', 'outcome'],
    mentioned: ['kind', 'promised_on', 'done_at']
  },
  {
    table: 'request_link',
    purpose: {
      fr: 'Répondre à une demande sans compte, par un lien signé.',
      en: 'To answer a request without an account, by a signed link.'
    },
    basis: 'accompaniment',
    retention: { fr: '8 jours ; effacé avec la demande.', en: '8 days; erased with the request.' },
    keys: [OF_OWN_REQUEST],
    exported: ['purpose', 'sent_at', 'expires_at', 'used_at'],
    mentioned: []
  },
  {
    table: 'request_offer',
    purpose: {
      fr: 'Proposer une demande à une structure, en listant ce qui est transmis.',
      en: 'To propose a request to an organisation, listing what is shared.'
    },
    basis: 'consent',
    retention: WITH_THE_REQUEST,
    keys: [OF_OWN_REQUEST, doneBy('offered_by'), doneBy('answered_by')],
    exported: ['kind', 'shared_fields', 'message', 'state', 'reason', 'answer_note', 'offered_at', 'answered_at'],
    mentioned: ['kind', 'state', 'offered_at', 'answered_at']
  },
  {
    table: 'request_move',
    purpose: {
      fr: 'Garder la suite des étapes d’une demande, avec leur auteur et leur date.',
      en: 'To keep the steps of a request, with their author and date.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_REQUEST,
    keys: [OF_OWN_REQUEST, doneBy('moved_by')],
    exported: ['move', 'reason', 'note', 'moved_at'],
    mentioned: ['move', 'moved_at']
  },
  {
    table: 'request',
    purpose: {
      fr: 'Répondre à une demande, et savoir qui doit répondre et avant quand.',
      en: 'To answer a request, and know who owes the answer and by when.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_REQUEST,
    keys: [
      { column: 'person_id', holds: 'person', link: 'own', erasure: 'delete' },
      // A draft names nobody yet, but may hold the telephone number that was being typed.
      { column: 'typed', holds: 'address', link: 'own', erasure: 'delete', json: true },
      doneBy('typed_by'),
      doneBy('responsible_id')
    ],
    exported: [
      'door',
      'sentence',
      'for_whom',
      'place_words',
      'expectation',
      'reached_by',
      'themes',
      'intake_answers',
      'channel',
      'state',
      'submitted_at',
      'answer_due_at',
      'answered_at',
      'next_step'
    ],
    mentioned: ['door', 'state', 'submitted_at']
  },
  {
    table: 'intake_version',
    purpose: {
      fr: 'Écrire les questions de l’accueil, et garder qui a publié quelle version.',
      en: 'To write the questions of the intake, and keep who published which version.'
    },
    basis: 'accompaniment',
    retention: { fr: 'Tant que le territoire existe.', en: 'As long as the territory exists.' },
    keys: [doneBy('created_by'), doneBy('published_by')],
    exported: [],
    mentioned: ['number', 'state', 'published_at']
  },
  {
    table: 'support',
    purpose: {
      fr: 'Montrer qui peut aider, à quelles conditions.',
      en: 'To show who can help, on which terms.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Tant que la fiche est vérifiée ; retirée, elle est effacée après 12 mois.',
      en: 'As long as the sheet is checked; withdrawn, it is erased after 12 months.'
    },
    keys: [doneBy('created_by'), doneBy('checked_by'), mayShow('email'), mayShow('phone'), mayShow('imported', 'json')],
    exported: [],
    mentioned: ['kind', 'title', 'status', 'created_at']
  }
];
