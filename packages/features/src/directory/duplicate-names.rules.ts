/** A name taken apart for comparison, never for showing. */
export interface NameParts {
  /** Words that tell who it is, abbreviations spelled out, in their order. */
  readonly words: readonly string[];
  /** Every word as written, linking and legal words included: what an acronym is made from. */
  readonly spelled: readonly string[];
  /** All the letters, without spaces: "Uni'Sons" and "Unisons" meet here. */
  readonly joined: string;
  /** Level of a federation ("départemental", "ligue"…): two levels are two organisations. */
  readonly levels: ReadonlySet<Level>;
  readonly numbers: ReadonlySet<string>;
}

export type Level = 'local' | 'departement' | 'region' | 'nation';

/** How rare each word is in a directory: a shared rare word says much, "culture" says nothing. */
export interface Rarity {
  readonly names: number;
  readonly frequency: ReadonlyMap<string, number>;
  /** Words of the territory's own places: many actors bear them without being related. */
  readonly placeWords: ReadonlySet<string>;
  /** What networks are known by: a name (places aside) or a SIREN that more sheets bear than {@link NETWORK_MAX_SHEETS}. */
  readonly networks: ReadonlySet<string>;
}

/** Two or three sheets of one name may be one structure written thrice; more are the sites of a network. */
export const NETWORK_MAX_SHEETS = 3;

export const NAME_WORDS_MAX_COUNT = 24;

export function readName(name: string): NameParts {
  const spelled = plainWords(name);
  const expanded = spelled.flatMap((word) => ABBREVIATIONS.get(word) ?? [word]).slice(0, NAME_WORDS_MAX_COUNT);
  const label = LABEL.exec(name)?.[1]?.toLowerCase();
  const content = expanded.filter(
    (word, index) => !LINKING.has(word) || (word === label && index === expanded.length - 1)
  );
  const words = content.filter((word) => !LEGAL.has(word));
  return {
    // A name made of legal words alone ("Comité", "L'Association") keeps them: it has nothing else.
    words: words.length > 0 ? words : content,
    spelled,
    joined: words.join(''),
    levels: new Set(content.flatMap((word) => LEVELS.get(word) ?? [])),
    numbers: new Set(words.filter((word) => /^\d+$/.test(word)))
  };
}

/** "Bâtiment A", "Maison E": a capital that stands alone at the end tells one from the other; it links nothing. */
const LABEL = /\s([A-Z])\s*$/;

/** Counts in how many names each word stands, once per name. `placeNames`: the territory's communes and neighbourhoods. */
export function measureRarity(names: Iterable<NameParts>, placeNames: Iterable<string> = []): Rarity {
  const frequency = new Map<string, number>();
  let count = 0;
  for (const { words } of names) {
    count += 1;
    for (const word of new Set(words.map(stem))) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const placeWords = new Set([...placeNames].flatMap((place) => readName(place).words.map(stem)));
  return { names: count, frequency, placeWords, networks: new Set() };
}

/** Weight of a word in hundredths of a nat: 20 to about 1200. A generic word or a place weighs half of its rarity. */
export function wordWeight(word: string, rarity: Rarity): number {
  const seen = rarity.frequency.get(stem(word)) ?? 0;
  const weight = Math.round(100 * Math.log((rarity.names + 1) / (seen + 0.5)));
  return Math.max(20, GENERIC.has(word) || rarity.placeWords.has(stem(word)) ? Math.round(weight / 2) : weight);
}

/** The word without its plural nor doubled letters: "danses" meets "danse", "cohummano" meets "cohumano". */
export function stem(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word;
  return word
    .replace(/(?<=.{2})(.)\1(?=.)/g, '$1')
    .replace(/eaux$/, 'eau')
    .replace(/[sx]$/, '')
    .replace(/y/g, 'i')
    .replace(/ph/g, 'f');
}

/** Consonants that remain when the ear is careless: candidates meet on it, they are not judged by it. */
export function skeleton(word: string): string {
  const bare = stem(word)
    .replace(/h/g, '')
    .replace(/[ck]|qu?/g, 'k')
    .replace(/z/g, 's');
  return bare.slice(0, 1) + bare.slice(1).replace(/[aeiou]/g, '');
}

/**
 * Where consecutive words spell `acronym` by their initials, linking words skipped or counted ("TDHF" is "Terre des
 * Hommes France"): from which word to which, or null.
 */
export function findInitials(acronym: string, words: readonly string[]): { from: number; to: number } | null {
  if (acronym.length < 2 || acronym.length > 10 || /\d/.test(acronym)) return null;
  for (let from = 0; from < words.length; from += 1) {
    if (LINKING.has(words[from]!)) continue;
    const to = spellsTo(acronym, words, from);
    if (to !== null) return { from, to };
  }
  return null;
}

function spellsTo(acronym: string, words: readonly string[], from: number): number | null {
  if (acronym === '') return from;
  const word = words[from];
  if (word === undefined) return null;
  const used = word.startsWith(acronym[0]!) ? spellsTo(acronym.slice(1), words, from + 1) : null;
  return used ?? (LINKING.has(word) ? spellsTo(acronym, words, from + 1) : null);
}

function plainWords(name: string): string[] {
  const plain = name
    // Grant software leaves its file number at the end of the name: "Vocalys CA547!".
    .replace(/\s[A-Z]{1,3}\d+!\s*$/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/&/g, ' et ')
    // "A.P.P.E.L" and "A S P T T" are one word.
    .replace(/\b[a-z](?:\.[a-z])+\b\.?/g, (letters) => letters.replace(/\./g, ''))
    .replace(/\b[a-z](?: [a-z]){2,}\b/g, (letters) => letters.replace(/ /g, ''))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return plain === '' ? [] : plain.split(' ');
}

export const LINKING: ReadonlySet<string> = new Set(
  'a au aux avec chez d dans de del des du e elle en et l la le les leur leurs ma mes nos notre ou par pour s sa se ses son sous sur un une vers y the of and in'.split(
    ' '
  )
);

/** Words of form, which come and go from one file to the next. */
const LEGAL = new Set(
  'association associations asso assoc ass assos loi 1901 sarl sas scop scic eurl gie egie'.split(' ')
);

/** Words that many actors share without being related. */
const GENERIC = new Set(
  (
    'club comite centre compagnie federation groupe groupement union amicale amis amitie section ligue maison ecole ' +
    'departemental departementale regional regionale national nationale francais francaise culture culturel ' +
    'culturelle social sociale sport sports sportif sportive loisirs art arts theatre musique danse solidarite ' +
    'montpellier montpellierain montpellieraine herault languedoc roussillon occitanie mediterranee mediterraneen ' +
    'sud france action actions collectif reseau institut espace atelier ateliers cercle societe mouvement jeunes ' +
    'jeunesse quartier comite'
  ).split(' ')
);

const ABBREVIATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['st', ['saint']],
  ['ste', ['sainte']],
  ['mjc', ['maison', 'jeunes', 'culture']],
  ['mpt', ['maison', 'tous']],
  ['cie', ['compagnie']],
  ['as', ['association', 'sportif']],
  ['us', ['union', 'sportif']],
  ['ctre', ['centre']],
  ['fed', ['federation']],
  ['dep', ['departemental']],
  ['dept', ['departemental']],
  ['departementale', ['departemental']],
  ['reg', ['regional']],
  ['regionale', ['regional']],
  ['nat', ['national']],
  ['nationale', ['national']],
  ['lr', ['languedoc', 'roussillon']],
  ['mtp', ['montpellier']],
  ['mpl', ['montpellier']],
  ['montp', ['montpellier']],
  ['34', ['herault']],
  ['com', ['commune']],
  ['internat', ['international']],
  ['internationale', ['international']],
  ['etud', ['etudiants']],
  ['univ', ['universite']],
  ['fr', ['france']],
  ['francaise', ['francais']],
  ['sportive', ['sportif']],
  ['culturelle', ['culturel']],
  ['sociale', ['social']],
  ['1er', ['1']],
  ['iere', ['1']]
]);

const LEVELS: ReadonlyMap<string, Level> = new Map([
  ['departemental', 'departement'],
  ['herault', 'departement'],
  ['regional', 'region'],
  ['ligue', 'region'],
  ['languedoc', 'region'],
  ['roussillon', 'region'],
  ['occitanie', 'region'],
  ['national', 'nation']
]);
