import type { PersonalTable } from './privacy-entry.ts';

/* What somebody chose to receive, and what they refused. */

export const TABLES_ABOUT_MESSAGES: readonly PersonalTable[] = [
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
