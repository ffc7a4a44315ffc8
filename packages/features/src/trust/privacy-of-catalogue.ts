import { doneBy, mayShow, type PersonalTable } from './privacy-entry.ts';

/* Sheets of the catalogue that are shared between territories or come from a file: who shared, adopted, imported. */

export const TABLES_ABOUT_CATALOGUE: readonly PersonalTable[] = [
  {
    table: 'support_adoption',
    purpose: {
      fr: 'Savoir de quel modèle vient une fiche, et ce qui en a été repris.',
      en: 'To know which template a sheet comes from, and what was taken of it.'
    },
    basis: 'accompaniment',
    retention: { fr: 'Tant que la fiche existe.', en: 'As long as the sheet exists.' },
    keys: [doneBy('adopted_by')],
    exported: [],
    mentioned: ['adopted_at']
  },
  {
    table: 'support_template_version',
    purpose: {
      fr: 'Comparer une fiche reprise avec le modèle, version par version.',
      en: 'To compare an adopted sheet with its template, version by version.'
    },
    basis: 'accompaniment',
    retention: { fr: 'Tant que le modèle est partagé.', en: 'As long as the template is shared.' },
    keys: [doneBy('published_by')],
    exported: [],
    mentioned: ['title', 'published_at']
  },
  {
    table: 'support_template',
    purpose: {
      fr: 'Partager une fiche entre territoires.',
      en: 'To share a sheet between territories.'
    },
    basis: 'accompaniment',
    retention: { fr: 'Tant que le modèle est partagé.', en: 'As long as the template is shared.' },
    keys: [doneBy('shared_by')],
    exported: [],
    mentioned: ['shared_at', 'withdrawn_at']
  },
  {
    table: 'support_import',
    purpose: {
      fr: 'Rendre compte de chaque ligne d’un fichier de fiches.',
      en: 'To account for each row of a file of sheets.'
    },
    basis: 'accompaniment',
    retention: {
      fr: 'Le fichier est effacé quand il est importé, au plus tard après 30 jours ; le compte rendu reste.',
      en: 'The file is erased when it is imported, after 30 days at the latest; the report stays.'
    },
    keys: [doneBy('started_by'), mayShow('report', 'json')],
    exported: [],
    mentioned: ['file_name', 'state', 'created_at'],
    hold: {
      fr: 'Un fichier importé par l’équipe peut contenir votre adresse : il est effacé au plus tard après 30 jours.',
      en: 'A file that the team imports may hold your address: it is erased after 30 days at the latest.'
    }
  }
];
