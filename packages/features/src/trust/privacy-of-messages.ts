import { ownedBy, type PersonalTable } from './privacy-entry.ts';

/* What somebody chose to receive, and what they refused. */

export const TABLES_ABOUT_MESSAGES: readonly PersonalTable[] = [
  {
    table: 'saved_search',
    purpose: {
      fr: 'Envoyer les nouveautés d’une recherche à qui l’a demandé, aussi souvent que cette personne le veut.',
      en: 'To send what is new in a search to whoever asked for it, as often as they wish.'
    },
    basis: 'consent',
    retention: {
      fr: 'Jusqu’à ce que la personne l’arrête. Une adresse jamais confirmée est effacée après 7 jours.',
      en: 'Until the person stops it. An address that was never confirmed is erased after 7 days.'
    },
    keys: [
      ownedBy('account_id'),
      { column: 'email', holds: 'address', link: 'own', erasure: 'delete' },
      { column: 'phone', holds: 'address', link: 'own', erasure: 'delete' }
    ],
    exported: ['about', 'label', 'criteria', 'frequency', 'email', 'phone', 'confirmed_at', 'created_at'],
    mentioned: []
  },
  {
    table: 'unsubscription',
    purpose: {
      fr: 'Ne plus envoyer une sorte de message à qui l’a refusée. L’adresse n’y est pas : seulement une empreinte, dont on ne peut pas la tirer.',
      en: 'To stop sending a kind of message to whoever refused it. The address is not kept: only a digest, from which it cannot be found.'
    },
    basis: 'consent',
    retention: {
      fr: 'Aussi longtemps que des messages partent : l’effacer ferait recommencer les envois.',
      en: 'As long as messages are sent: erasing it would start them again.'
    },
    keys: [],
    exported: [],
    mentioned: []
  }
];
