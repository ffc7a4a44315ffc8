import { doneBy, ownedBy, WITH_THE_ACCOUNT, type PersonalTable } from './privacy-entry.ts';

/*
 * Accounts, roles, persons, consents, messages, the journal. The order is the order of erasure: what names something
 * stands before it.
 */

export const TABLES_ABOUT_PEOPLE: readonly PersonalTable[] = [
  {
    table: 'assisted_entry',
    purpose: {
      fr: 'Savoir qui a écrit à la place de quelqu’un, avec son accord, et lui donner un code pour lire et corriger.',
      en: 'To know who typed for somebody with their agreement, and give them a code to read and correct.'
    },
    basis: 'consent',
    retention: {
      fr: 'Deux ans après le dernier contact, ou dès que la personne le demande.',
      en: 'Two years after the last contact, or as soon as the person asks.'
    },
    keys: [{ column: 'person_id', holds: 'person', link: 'own', erasure: 'delete' }, doneBy('typed_by')],
    exported: ['subject_kind', 'agreed_orally', 'typed_at', 'last_opened_at'],
    mentioned: ['subject_kind', 'typed_at']
  },
  {
    table: 'skill',
    purpose: {
      fr: 'Montrer ce qu’une personne propose de faire pour d’autres, comme elle veut être vue.',
      en: 'To show what a person offers to do for others, as they wish to be seen.'
    },
    basis: 'consent',
    retention: {
      fr: 'Jusqu’au retrait de l’accord ; retirée, elle est effacée après 12 mois.',
      en: 'Until the consent is withdrawn; then erased after 12 months.'
    },
    keys: [{ column: 'person_id', holds: 'person', link: 'own', erasure: 'delete' }],
    exported: ['title', 'description', 'shown_as', 'shown_name', 'visibility', 'status', 'created_at', 'withdrawn_at'],
    mentioned: []
  },
  {
    table: 'consent',
    purpose: {
      fr: 'Garder la preuve d’un accord, avec la version du texte lu, et de son retrait.',
      en: 'To keep the proof of a consent, with the version of the text that was read, and of its withdrawal.'
    },
    basis: 'legal-duty',
    retention: {
      fr: 'Tant que l’accord vaut, puis 12 mois après son retrait.',
      en: 'As long as it stands, then 12 months after its withdrawal.'
    },
    keys: [
      ownedBy('account_id'),
      { column: 'person_id', holds: 'person', link: 'own', erasure: 'delete' },
      doneBy('recorded_by')
    ],
    exported: ['purpose', 'text_version', 'channel', 'given_at', 'withdrawn_at'],
    mentioned: ['purpose', 'given_at']
  },
  {
    table: 'person',
    purpose: {
      fr: 'Rappeler et reconnaître une personne, avec ou sans compte : un téléphone suffit.',
      en: 'To call back and recognise a person, with or without an account: a telephone is enough.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Pendant l’accompagnement, puis deux ans au plus après le dernier contact.',
      en: 'During the accompaniment, then two years at most after the last contact.'
    },
    keys: [
      { column: 'id', holds: 'person', link: 'own', erasure: 'delete' },
      ownedBy('account_id'),
      doneBy('entered_by'),
      // Found by the row's own id, never by a number that somebody else may share.
      { column: 'email', holds: 'published', link: 'mention', erasure: 'keep' },
      { column: 'phone', holds: 'published', link: 'mention', erasure: 'keep' }
    ],
    exported: ['display_name', 'email', 'phone', 'created_at', 'last_contact_at'],
    mentioned: ['created_at']
  },
  {
    table: 'invitation',
    purpose: {
      fr: 'Inviter une adresse à tenir un rôle dans un territoire.',
      en: 'To invite an address to hold a role in a territory.'
    },
    basis: 'accompaniment',
    retention: { fr: '14 jours ; effacée 12 mois après.', en: '14 days; erased 12 months later.' },
    keys: [
      { column: 'email', holds: 'address', link: 'own', erasure: 'delete' },
      ownedBy('accepted_by'),
      { column: 'invited_by', holds: 'account', link: 'mention', erasure: 'delete' }
    ],
    exported: ['email', 'role', 'invited_at', 'expires_at', 'accepted_at'],
    mentioned: ['role', 'invited_at']
  },
  {
    table: 'role_grant',
    purpose: {
      fr: 'Savoir qui tient quel rôle, depuis quand, par décision de qui.',
      en: 'To know who holds which role, since when, by whose decision.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_ACCOUNT,
    keys: [ownedBy('account_id'), doneBy('granted_by'), doneBy('ended_by')],
    exported: ['role', 'granted_at', 'ended_at'],
    mentioned: ['role', 'granted_at']
  },
  {
    table: 'session',
    purpose: {
      fr: 'Reconnaître un appareil déjà connecté, et permettre de le déconnecter de loin.',
      en: 'To recognise a device that is signed in, and let its owner sign it out from afar.'
    },
    basis: 'security',
    retention: { fr: '14 jours sans visite.', en: '14 days without a visit.' },
    keys: [
      ownedBy('account_id'),
      { column: 'ip_address', holds: 'inside', link: 'own', erasure: 'keep' },
      { column: 'user_agent', holds: 'inside', link: 'own', erasure: 'keep' }
    ],
    exported: ['user_agent', 'created_at', 'expires_at'],
    mentioned: []
  },
  {
    table: 'credential',
    purpose: {
      fr: 'Vérifier un mot de passe (empreinte seulement) ou une identité donnée par un autre service.',
      en: 'To check a password (its digest only) or an identity given by another service.'
    },
    basis: 'security',
    retention: WITH_THE_ACCOUNT,
    keys: [ownedBy('account_id')],
    exported: ['provider_id', 'created_at', 'updated_at'],
    mentioned: []
  },
  {
    table: 'passkey',
    purpose: { fr: 'Se connecter avec une clé d’accès.', en: 'To sign in with a passkey.' },
    basis: 'security',
    retention: WITH_THE_ACCOUNT,
    keys: [ownedBy('account_id')],
    exported: ['name', 'device_type', 'created_at'],
    mentioned: []
  },
  {
    table: 'two_factor',
    purpose: { fr: 'Vérifier le code à usage unique d’un rôle sensible.', en: 'To check a one-time code.' },
    basis: 'security',
    retention: WITH_THE_ACCOUNT,
    keys: [ownedBy('account_id')],
    exported: ['verified'],
    mentioned: []
  },
  {
    table: 'verification',
    purpose: {
      fr: 'Faire valoir une seule fois un lien reçu par courriel.',
      en: 'To let a link received by mail work once.'
    },
    basis: 'security',
    retention: { fr: 'De 10 à 30 minutes.', en: 'From 10 to 30 minutes.' },
    keys: [{ column: 'value', holds: 'inside', link: 'own', erasure: 'delete' }],
    exported: ['created_at', 'expires_at'],
    mentioned: []
  },
  {
    table: 'outbox',
    purpose: {
      fr: 'Envoyer un courriel ou un SMS une seule fois, et savoir qu’il est parti.',
      en: 'To send a mail or a text message once, and know that it left.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Le contenu est effacé 7 jours après l’envoi, le reste après 12 mois.',
      en: 'The content is erased 7 days after it left, the rest after 12 months.'
    },
    keys: [ownedBy('account_id'), { column: 'recipient', holds: 'address', link: 'own', erasure: 'delete' }],
    // The words are in the person's own mailbox; they may name whoever wrote to them.
    exported: ['channel', 'recipient', 'template', 'created_at', 'sent_at'],
    mentioned: []
  },
  {
    table: 'audit',
    purpose: {
      fr: 'Savoir qui a fait quoi et quand, pour répondre en cas d’erreur ou d’abus. Aucun texte n’y est gardé.',
      en: 'To know who did what and when, to answer for mistakes and abuse. No text is kept in it.'
    },
    basis: 'security',
    retention: { fr: '12 mois avec l’auteur, ensuite sans.', en: '12 months with the author, then without.' },
    keys: [doneBy('actor_id'), { column: 'subject_id', holds: 'named', link: 'mention', erasure: 'anonymise' }],
    exported: [],
    mentioned: ['at', 'action'],
    hold: {
      fr: 'Les lignes du journal restent, sans rien qui ramène à vous : elles prouvent les décisions prises pour d’autres.',
      en: 'The lines of the journal stay, with nothing that leads to you: they prove decisions made for others.'
    }
  },
  {
    table: 'account',
    purpose: {
      fr: 'Se connecter, et signer ce que l’on fait.',
      en: 'To sign in, and to stand by what one does.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Jusqu’à son effacement. Adresse jamais confirmée : 30 jours. Compte inutilisé : 24 mois, avec deux rappels.',
      en: 'Until it is erased. Address never confirmed: 30 days. Unused account: 24 months, with two reminders.'
    },
    keys: [ownedBy('id'), { column: 'email', holds: 'published', link: 'mention', erasure: 'keep' }],
    exported: [
      'name',
      'email',
      'email_verified',
      'language',
      'trust',
      'two_factor_enabled',
      'last_seen_at',
      'created_at'
    ],
    mentioned: []
  }
];
