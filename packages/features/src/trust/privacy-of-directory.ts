import { doneBy, mayShow, WITH_THE_ORGANIZATION, type PersonalTable } from './privacy-entry.ts';

/* The directory, its imports, moderation and settings: rows about organisations, in which people appear by what they did. */

const MODERATION_RETENTION = {
  fr: '12 mois avec l’auteur et les mots ; ensuite, seuls le motif et la date restent, pour les chiffres annuels.',
  en: '12 months with author and words; then only the reason and the date stay, for the yearly figures.'
};

export const TABLES_ABOUT_THE_DIRECTORY: readonly PersonalTable[] = [
  {
    table: 'organization',
    purpose: {
      fr: 'Faire connaître les organisations du territoire.',
      en: 'To make the territory’s organisations known.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Tant que la fiche est confirmée ; une fiche oubliée est signalée, puis retirée de l’orientation.',
      en: 'As long as the sheet is confirmed; a forgotten one is marked, then no longer suggested.'
    },
    keys: [doneBy('created_by'), mayShow('email'), mayShow('phone')],
    exported: [],
    mentioned: ['name', 'status', 'created_at'],
    hold: {
      fr: 'Une fiche d’organisation appartient à l’organisation : elle reste, sans votre nom ni votre adresse.',
      en: 'An organisation’s sheet belongs to the organisation: it stays, without your name or address.'
    }
  },
  {
    table: 'picture',
    purpose: {
      fr: 'Montrer une organisation par une image, avec les mots qui la remplacent.',
      en: 'To show an organisation by a picture, with the words that stand for it.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Tant que l’organisation la garde sur sa fiche. Le lieu et l’appareil inscrits dans le fichier sont retirés à l’envoi ; un fichier que plus aucune fiche ne montre est effacé dans la nuit.',
      en: 'As long as the organisation keeps it on its sheet. Place and camera written inside the file are removed when it is sent; a file that no sheet shows any more is erased within the night.'
    },
    keys: [doneBy('added_by')],
    exported: [],
    mentioned: ['alternative', 'added_at']
  },
  {
    table: 'service',
    purpose: { fr: 'Dire ce que propose une organisation.', en: 'To say what an organisation offers.' },
    basis: 'accompaniment',
    retention: WITH_THE_ORGANIZATION,
    keys: [mayShow('email'), mayShow('phone')],
    exported: [],
    mentioned: ['name', 'created_at']
  },
  {
    table: 'post',
    purpose: {
      fr: 'Publier les besoins et les offres des organisations.',
      en: 'To publish organisations’ needs and offers.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_ORGANIZATION,
    keys: [doneBy('posted_by')],
    exported: [],
    mentioned: ['kind', 'title', 'state', 'posted_at']
  },
  {
    table: 'field_change',
    purpose: {
      fr: 'Garder l’histoire de chaque champ d’une fiche, pour réparer une erreur.',
      en: 'To keep the history of each field of a sheet, to mend mistakes.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_ORGANIZATION,
    keys: [doneBy('changed_by'), mayShow('previous', 'json'), mayShow('value', 'json')],
    exported: [],
    mentioned: ['subject_kind', 'field', 'changed_at']
  },
  {
    table: 'correction',
    purpose: {
      fr: 'Vérifier une erreur que l’on nous signale sur une fiche, et répondre.',
      en: 'To check a mistake that somebody reported on a sheet, and answer them.'
    },
    basis: 'accompaniment',
    retention: MODERATION_RETENTION,
    keys: [
      {
        column: 'reporter_account',
        holds: 'account',
        link: 'own',
        erasure: 'anonymise',
        clears: ['reporter_contact', 'details']
      },
      { column: 'reporter_contact', holds: 'address', link: 'own', erasure: 'anonymise', clears: ['details'] },
      { ...doneBy('decided_by'), clears: ['decision_reason'] }
    ],
    exported: ['kind', 'details', 'reporter_contact', 'received_at', 'state', 'decided_at'],
    mentioned: ['kind', 'state', 'decided_at']
  },
  {
    table: 'flag',
    purpose: {
      fr: 'Examiner un contenu signalé, et répondre à qui l’a signalé.',
      en: 'To look at flagged content, and answer whoever flagged it.'
    },
    basis: 'legal-duty',
    retention: MODERATION_RETENTION,
    keys: [
      {
        column: 'reporter_account',
        holds: 'account',
        link: 'own',
        erasure: 'anonymise',
        clears: ['reporter_contact', 'details']
      },
      { column: 'reporter_contact', holds: 'address', link: 'own', erasure: 'anonymise', clears: ['details'] }
    ],
    exported: ['reason', 'details', 'reporter_contact', 'received_at'],
    mentioned: []
  },
  {
    table: 'moderation_decision',
    purpose: {
      fr: 'Dire à l’auteur ce qui a été décidé et pourquoi, et lui permettre de le contester.',
      en: 'To tell authors what was decided and why, and let them contest it.'
    },
    basis: 'legal-duty',
    retention: MODERATION_RETENTION,
    keys: [
      {
        column: 'subject_id',
        holds: 'written',
        link: 'own',
        erasure: 'anonymise',
        clears: ['explanation', 'appeal_text'],
        keepsKey: true
      },
      { column: 'appealed_by', holds: 'account', link: 'own', erasure: 'anonymise', clears: ['appeal_text'] },
      { ...doneBy('decided_by'), clears: ['explanation'] }
    ],
    exported: ['subject_kind', 'outcome', 'reason', 'explanation', 'decided_at', 'appeal_text', 'appealed_at'],
    mentioned: ['subject_kind', 'outcome', 'reason', 'decided_at'],
    hold: {
      fr: 'Le motif et la date d’une décision restent, sans aucun nom, pour les chiffres annuels.',
      en: 'The reason and the date of a decision stay, without any name, for the yearly figures.'
    }
  },
  {
    table: 'import_run',
    purpose: {
      fr: 'Rendre compte de chaque ligne d’un fichier importé.',
      en: 'To account for each row of an imported file.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Le fichier et son aperçu sont effacés après 30 jours ; le compte rendu reste.',
      en: 'The file and its preview are erased after 30 days; the report stays.'
    },
    keys: [doneBy('started_by'), mayShow('report', 'json'), mayShow('analysis', 'json')],
    exported: [],
    mentioned: ['file_name', 'state', 'created_at'],
    hold: {
      fr: 'Un fichier importé par l’équipe peut contenir votre adresse : il est effacé 30 jours après l’import.',
      en: 'A file imported by the team may hold your address: it is erased 30 days after the import.'
    }
  },
  {
    table: 'import_mapping',
    purpose: {
      fr: 'Relire de la même façon un fichier qui revient.',
      en: 'To read a file that comes back in the same way.'
    },
    basis: 'accompaniment',
    retention: { fr: 'Tant qu’il sert.', en: 'As long as it is used.' },
    keys: [doneBy('saved_by')],
    exported: [],
    mentioned: ['name', 'saved_at']
  },
  {
    table: 'duplicate_pair',
    purpose: {
      fr: 'Rapprocher deux fiches de la même organisation.',
      en: 'To bring together two sheets of one organisation.'
    },
    basis: 'accompaniment',
    retention: WITH_THE_ORGANIZATION,
    keys: [doneBy('decided_by'), mayShow('reasons', 'json')],
    exported: [],
    mentioned: ['state', 'decided_at']
  },
  {
    table: 'merge',
    purpose: { fr: 'Pouvoir défaire la réunion de deux fiches.', en: 'To be able to undo the merging of two sheets.' },
    basis: 'accompaniment',
    retention: WITH_THE_ORGANIZATION,
    keys: [doneBy('merged_by'), doneBy('undone_by'), mayShow('moved', 'json')],
    exported: [],
    mentioned: ['merged_at', 'undone_at']
  },
  {
    table: 'territory_setting',
    purpose: {
      fr: 'Savoir qui a changé un réglage du territoire.',
      en: 'To know who changed a setting of the territory.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Tant que le territoire existe, sans les auteurs effacés.',
      en: 'As long as the territory exists, without erased authors.'
    },
    keys: [doneBy('set_by'), mayShow('value', 'json')],
    exported: [],
    mentioned: ['key', 'set_at']
  }
];
