/** What can be wrong with a `.pb` file. Errors make it unusable or doubtful; warnings say what was tolerated, and how. */
export type Severity = 'error' | 'warning';
export type Language = 'en' | 'fr';

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** 1 for the first line; 0 where the whole file is meant. */
  readonly line: number;
  /** In characters, 1 for the first. */
  readonly column: number;
  /** What the sentence is about: the value found, then what was expected where it is not always the same. */
  readonly details: readonly string[];
}

export class PabulibError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], language: Language = 'en') {
    super(
      problems
        .slice(0, 10)
        .map((problem) => problemText(problem, language))
        .join('\n')
    );
    this.name = 'PabulibError';
    this.problems = problems;
  }
}

/** `line 12, column 3: error: …` */
export function problemText(problem: Problem, language: Language): string {
  const [, , english, french] = CATALOGUE[problem.code] as Entry;
  const sentence = (language === 'fr' ? french : english).replace(/\{(\d)\}/g, (_, i) =>
    shorten(problem.details[Number(i)] ?? '')
  );
  const isError = problem.severity === 'error';
  if (language === 'fr')
    return `${problem.line === 0 ? '' : `ligne ${problem.line}, colonne ${problem.column} : `}${isError ? 'erreur' : 'remarque'} : ${sentence}`;
  return `${problem.line === 0 ? '' : `line ${problem.line}, column ${problem.column}: `}${isError ? 'error' : 'warning'}: ${sentence}`;
}

export const severityOf = (code: ProblemCode): Severity => CATALOGUE[code][0];

/** Problems that a caller may ask to have as warnings: counts that differ, and ballots over their limits. */
export type Tolerance = 'counts' | 'limits';
export const toleranceOf = (code: ProblemCode): Tolerance | null => CATALOGUE[code][1];

export type ProblemCode = keyof typeof CATALOGUE;

/** Longest value quoted in a sentence, in characters. */
const QUOTED_CHARACTERS = 60;

const shorten = (value: string): string =>
  value.length > QUOTED_CHARACTERS ? `${value.slice(0, QUOTED_CHARACTERS)}…` : value;

type Entry = readonly [severity: Severity, tolerance: Tolerance | null, english: string, french: string];
const error = (english: string, french: string, tolerance: Tolerance | null = null): Entry => [
  'error',
  tolerance,
  english,
  french
];
const warning = (english: string, french: string): Entry => ['warning', null, english, french];

const CATALOGUE = {
  'file-empty': error(
    'the file is empty; it should begin with META',
    'le fichier est vide ; il devrait commencer par META'
  ),
  'not-utf8': error('the line is not UTF-8 text', 'la ligne n’est pas du texte en UTF-8'),
  'line-too-long': error('the line is longer than {0} bytes', 'la ligne dépasse {0} octets'),
  'quote-open': error('the quote opened here is never closed', 'le guillemet ouvert ici n’est jamais fermé'),
  'section-missing': error('the section {0} is missing', 'la section {0} manque'),
  'section-twice': error('the section {0} appears twice', 'la section {0} apparaît deux fois'),
  'section-order': error(
    'the section {0} stands out of order; expected META, PROJECTS, VOTES',
    'la section {0} n’est pas à sa place ; on attend META, PROJECTS, VOTES'
  ),
  'outside-section': error(
    '"{0}" stands before any section; expected META',
    '« {0} » précède toute section ; on attend META'
  ),
  'header-missing': error('the section {0} has no header line', 'la section {0} n’a pas de ligne d’en-tête'),
  'column-missing': error('the header lacks the column {0}', 'il manque la colonne {0} dans l’en-tête'),
  'column-twice': error(
    'the column {0} appears twice in the header',
    'la colonne {0} apparaît deux fois dans l’en-tête'
  ),
  'column-unknown': warning(
    'the column {0} is not one the format knows; it is kept',
    'la colonne {0} est inconnue du format ; elle est conservée'
  ),
  'row-wide': error('the row has {0} fields, its header has {1}', 'la ligne compte {0} champs, son en-tête {1}'),
  'row-trailing': warning(
    'the row ends with separators beyond its header; they are left out',
    'la ligne finit par des séparateurs de trop ; ils sont ignorés'
  ),
  'row-narrow': warning(
    'the row has {0} fields, its header has {1}; the missing ones count as empty',
    'la ligne compte {0} champs, son en-tête {1} ; ceux qui manquent comptent comme vides'
  ),
  'key-missing': error('META lacks the key {0}', 'il manque la clé {0} dans META'),
  'key-absent': warning('META lacks the key {0}', 'il manque la clé {0} dans META'),
  'key-twice': error('the META key {0} appears twice', 'la clé {0} apparaît deux fois dans META'),
  'vote-type-unknown': error(
    'the vote type "{0}" is unknown; expected approval, choose-1, ordinal, cumulative or scoring',
    'le type de vote « {0} » est inconnu ; on attend approval, choose-1, ordinal, cumulative ou scoring'
  ),
  'not-a-number': error(
    '{1}: "{0}" is not a number of zero or more (at most 40 characters)',
    '{1} : « {0} » n’est pas un nombre positif ou nul (40 caractères au plus)'
  ),
  'not-a-limit': warning(
    '{1}: "{0}" is not a number; this limit is not checked',
    '{1} : « {0} » n’est pas un nombre ; cette limite n’est pas vérifiée'
  ),
  'decimal-comma': warning(
    '{1}: "{0}" has a decimal comma; it is read as a point',
    '{1} : « {0} » porte une virgule décimale ; elle est lue comme un point'
  ),
  'cost-zero': warning('project {0} costs 0', 'le projet {0} coûte 0'),
  'cost-over-budget': warning(
    'project {0} costs more than the whole budget',
    'le projet {0} coûte plus que tout le budget'
  ),
  'id-empty': error('the {0} is empty', 'le champ {0} est vide'),
  'project-twice': error('the project id {0} appears twice', 'l’identifiant de projet {0} apparaît deux fois'),
  'voter-twice': error('the voter id {0} appears twice', 'l’identifiant de votant {0} apparaît deux fois'),
  'project-unknown': error(
    'the ballot names a project that does not exist: "{0}"',
    'le bulletin nomme un projet qui n’existe pas : « {0} »'
  ),
  'project-repeated': warning(
    'the ballot names project {0} more than once; it counts once',
    'le bulletin nomme plusieurs fois le projet {0} ; il compte une fois'
  ),
  'choose-one': error(
    'the ballot names {0} projects; in a choose-1 vote it names exactly one',
    'le bulletin nomme {0} projets ; dans un vote choose-1 il en nomme exactement un'
  ),
  'points-missing': error('the ballot has no points', 'le bulletin n’a pas de points'),
  'points-count': error(
    'the ballot names {0} projects and gives {1} numbers of points',
    'le bulletin nomme {0} projets et donne {1} nombres de points'
  ),
  'points-number': error(
    '"{0}" is not a number of points (at most 15 digits)',
    '« {0} » n’est pas un nombre de points (15 chiffres au plus)'
  ),
  'length-limit': error(
    'the ballot names {0} projects; expected {1}',
    'le bulletin nomme {0} projets ; on attend {1}',
    'limits'
  ),
  'cost-limit': error(
    'the projects of the ballot cost {0}; expected {1}',
    'les projets du bulletin coûtent {0} ; on attend {1}',
    'limits'
  ),
  'points-limit': error(
    'the ballot gives {0} points to one project; expected {1}',
    'le bulletin donne {0} points à un projet ; on attend {1}',
    'limits'
  ),
  'points-sum-limit': error(
    'the ballot gives {0} points; expected {1}',
    'le bulletin donne {0} points ; on attend {1}',
    'limits'
  ),
  'projects-count': error(
    'num_projects says {1}, the file holds {0} projects',
    'num_projects annonce {1}, le fichier contient {0} projets',
    'counts'
  ),
  'votes-count': error(
    'num_votes says {1}, the file holds {0} ballots',
    'num_votes annonce {1}, le fichier contient {0} bulletins',
    'counts'
  ),
  'project-votes-count': warning(
    'project {2}: the column votes says {1}, the ballots give {0}',
    'projet {2} : la colonne votes annonce {1}, les bulletins donnent {0}'
  ),
  'project-score-count': warning(
    'project {2}: the column score says {1}, the ballots give {0}',
    'projet {2} : la colonne score annonce {1}, les bulletins donnent {0}'
  ),
  'value-unknown': warning(
    '{1}: "{0}" is not one of the values the format knows ({2})',
    '{1} : « {0} » n’est pas une valeur que le format connaît ({2})'
  ),
  'selected-over-budget': warning(
    'the projects marked as selected cost {0}, the budget is {1}',
    'les projets marqués comme retenus coûtent {0}, le budget est de {1}'
  ),
  blanks: warning('blanks around "{0}"; they are left out', 'des blancs entourent « {0} » ; ils sont ignorés'),
  'blank-line': warning('blank line', 'ligne vide'),
  'byte-order-mark': warning(
    'the file begins with a byte order mark; it is left out',
    'le fichier commence par une marque d’ordre des octets ; elle est ignorée'
  )
} as const satisfies Record<string, Entry>;
