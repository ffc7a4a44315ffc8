import { plainForm } from '@terreau/formats/cells';

/**
 * Words that announce a public authority. Somebody who publishes under such a name must show that they may:
 * the sheet is held until a human has seen the proof. Plain form: lower case, no accent, no punctuation.
 */
const RESERVED_WORDS: readonly string[] = [
  'academie',
  'agence regionale de sante',
  'ars',
  'assurance maladie',
  'caf',
  'caisse d allocations familiales',
  'caisse primaire',
  'ccas',
  'centre communal d action sociale',
  'commissariat',
  'communaute d agglomeration',
  'communaute de communes',
  'commune de',
  'conseil departemental',
  'conseil regional',
  'cpam',
  'defenseur des droits',
  'direction departementale',
  'direction regionale',
  'france services',
  'france travail',
  'gendarmerie',
  'hotel de ville',
  'impots',
  'mairie',
  'metropole de',
  'ministere',
  'mission locale',
  'pole emploi',
  'police',
  'prefecture',
  'prefet',
  'republique francaise',
  'sous prefecture',
  'tresor public',
  'tribunal',
  'urssaf',
  'ville de'
];

/** The reserved word in `name`, or null. Whole words only: "Les marins du port" is no mairie. */
export function reservedWordIn(name: string): string | null {
  const padded = ` ${plainForm(name)} `;
  return RESERVED_WORDS.find((word) => padded.includes(` ${word} `)) ?? null;
}
