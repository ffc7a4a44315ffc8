import { guessMapping } from '../guess-mapping.ts';
import type { Preset } from '../preset.ts';

/** Any table: the columns are guessed, and a person corrects the guess. */
export const generic: Preset = {
  name: 'generic',
  label: 'Autre fichier (colonnes à vérifier)',
  labelEn: 'Other file (columns to be checked)',
  describes: 'organization',
  signature: [],
  signatureMinPercent: 0,
  uniqueIds: false,
  mappingFor: (table) => guessMapping(table).mapping
};
