import { FAMILIES, FIT, SOMEBODY, type UnfitKind } from './unfit-lexicon.rules.ts';

/*
 * What should not stand in a note: health, origin, religion, opinions, sexual life, offences, identity numbers, family
 * or administrative situation, judgements on a person. It looks for words and numbers, for some of them only when they
 * are said of somebody, and passes over what names a thing, a place or a public (`maison de santé`, `cours pour
 * réfugiés`). It understands nothing, so it only reminds. It runs where the note is typed and sends nothing.
 */

/** Words of a text that are seldom useful to a project, as they were typed. */
export interface UnfitWords {
  readonly kind: UnfitKind;
  readonly words: string;
}

const FOUND_MAX_COUNT = 5;
const READ_MAX_CHARACTERS = 10_000;

/** The words to think about in `text`, in their order, five at most. */
export function findUnfitWords(text: string): UnfitWords[] {
  const typed = text.slice(0, READ_MAX_CHARACTERS).normalize('NFC');
  const plain = plainOf(typed);
  const found: (UnfitWords & { at: number; end: number })[] = [];
  for (const [kind, pattern, isOne] of PATTERNS) {
    for (const match of plain.matchAll(pattern)) {
      const at = match.index + match[1]!.length;
      const end = match.index + match[0].length;
      if (isOne && !isOne(plain.slice(at, end))) continue;
      found.push({ kind, words: typed.slice(at, end), at, end });
    }
  }
  return found
    .sort((one, other) => one.at - other.at || other.end - one.end)
    .filter(({ at }, index, all) => all.slice(0, index).every((before) => before.end <= at))
    .slice(0, FOUND_MAX_COUNT)
    .map(({ kind, words }) => ({ kind, words }));
}

/** Lower case, no accents, straight apostrophes, what is fit blanked out; each character stays at its place. */
function plainOf(text: string): string {
  const plain = Array.from(text, (character) =>
    character.length > 1 ? '__' : character.normalize('NFD').charAt(0).toLowerCase().charAt(0).replace(/[œæ]/, 'e')
  )
    .join('')
    .replace(/[’ʼ`´]/g, "'");
  return plain.replace(FIT_WORDS, (words) => '_'.repeat(words.length));
}

/** Gender and number. */
const ENDINGS = '(?:[fx]|[fr]?s|r|[vs]?es?|nn?es?|ll?es?|tt?es?)?';

/** Expressions whose words are unfit elsewhere. */
const FIT_WORDS = words(FIT);

/** Somebody, at most four words before. */
const OF = `${SOMEBODY} (?:[a-z'-]+ ){0,4}`;

/** Somebody who is something: `la voisine sourde`, `elle est tres lente`. */
const BEING = `(?:${SOMEBODY}|je (?:le|la|les) (?:trouve|sens)) (?:(?:[a-z']+ )?(?:n'|s')?(?:est|sont|etait|etaient|semble|semblent|parait|devient|reste|is|are|was|seems) (?:[a-z']+ ){0,2})?`;

/*
 * The first group of each pattern is what stands before the words: telephones of a few years ago know no look-behind.
 */

const PATTERNS: readonly (readonly [UnfitKind, RegExp, ((text: string) => boolean)?])[] = [
  ...FAMILIES.flatMap(({ kind, said, of, being }): (readonly [UnfitKind, RegExp])[] => [
    [kind, words(said)],
    ...(of ? [[kind, after(OF, of)] as const] : []),
    ...(being ? [[kind, after(BEING, being)] as const] : [])
  ]),
  ['identity-number', /((?:^|[.:;!?(\n]) ?)nee? le \d{1,2}(?:er)?[ /.-][a-z0-9]+[ /.-]\d{2,4}/g],
  ['identity-number', /(^|[^a-z0-9])[12] ?\d\d ?\d\d ?(?:\d\d|2[ab]) ?\d{3} ?\d{3} ?\d\d\b/g, isNir],
  ['identity-number', /(^|[^a-z0-9])[a-z]{2}\d\d(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?\b/g, isIban],
  ['identity-number', /(^|[^\d.])(?:(?:\+|00)33 ?(?:\(0\) ?)?|0)[1-9](?:[ .-]?\d\d){4}(?!\d)/g]
];

/** Whole words, whatever stands around them. */
function words(alternatives: string): RegExp {
  return after('', alternatives);
}

/** Whole words, behind something. */
function after(before: string, alternatives: string): RegExp {
  const spelt = alternatives.replaceAll('~', ENDINGS).replace(/([a-z])\*/g, '$1[a-z]*');
  return new RegExp(`((?:^|[^a-z0-9])${before})(?:${spelt})(?![a-z0-9])`, 'g');
}

/** A French social security number: its last two digits are the key of the others. */
function isNir(text: string): boolean {
  const number = text.replace(/ /g, '').replace('2a', '19').replace('2b', '18');
  return Number(number.slice(13)) === 97 - (Number(number.slice(0, 13)) % 97);
}

/** ISO 13616: the first four characters go last, letters become numbers from 10; the rest by 97 is 1. */
function isIban(text: string): boolean {
  const code = text.replace(/ /g, '');
  const digits = Array.from(code.slice(4) + code.slice(0, 4), (character) => Number.parseInt(character, 36)).join('');
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
