import { doneBy, ownedBy, type PersonalTable } from './privacy-entry.ts';
import { OF_OWN_DOSSIER, STAYS, WITH_THE_DOSSIER } from './privacy-of-support.ts';

/* The appointments of a dossier, who comes, and the secret addresses of calendars. */

export const TABLES_ABOUT_APPOINTMENTS: readonly PersonalTable[] = [
  {
    table: 'calendar_link',
    purpose: {
      fr: 'Montrer vos rendez-vous dans votre agenda, par une adresse secrète. Seule son empreinte est gardée.',
      en: 'To show your appointments in your calendar, by a secret address. Only its digest is kept.'
    },
    basis: 'consent',
    retention: {
      fr: 'Tant que vous ne la retirez pas, et que le compte existe.',
      en: 'Until you revoke it, and as long as the account exists.'
    },
    keys: [ownedBy('account_id')],
    exported: ['shows', 'made_at', 'revoked_at', 'last_read_on'],
    mentioned: []
  },
  {
    table: 'appointment_participant',
    purpose: {
      fr: 'Savoir qui vient à un rendez-vous, de quelle façon cela a été dit, et qui a dit oui à un rappel par SMS.',
      en: 'To know who comes to an appointment, how they said so, and who said yes to a reminder by text message.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [{ column: 'member_id', holds: 'seat', link: 'own', erasure: 'delete' }, doneBy('answered_by')],
    exported: ['answer', 'answered_at', 'answered_through', 'sms_agreed_at'],
    mentioned: ['answered_at', 'answered_through']
  },
  {
    table: 'appointment',
    purpose: {
      fr: 'Se retrouver : quand, où, à quel sujet.',
      en: 'To meet: when, where, about what.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_DOSSIER,
    keys: [doneBy('made_by'), doneBy('state_changed_by'), OF_OWN_DOSSIER],
    exported: ['starts_at', 'minutes', 'way', 'place', 'about', 'state', 'reason', 'made_at'],
    mentioned: ['starts_at', 'state', 'made_at'],
    hold: STAYS
  }
];
