import type { SearchWord } from './search-plan.ts';

/** What is read of a sheet to rank it: a function of the sheet and of the words alone, so that pages never shift. */
export interface RankedText {
  /** Short texts as lexemes; the first letter says what each is (see `search_document.passages`). */
  readonly passages: readonly string[];
  /** For each word, how much of it stands in the long texts: 0, or from 0.6 (once) to 1 (often). */
  readonly described: readonly number[];
  /** Distinct lexemes of the whole sheet. */
  readonly lexemes: number;
}

/** BM25F: how soon repeating a word stops counting, what a field is worth, how much a long field is discounted. */
const SATURATION = 1.2;
const NAME_WEIGHT = 3;
const SHORT_TEXT_WEIGHT = 2;
const LONG_TEXT_WEIGHT = 0.5;
const LENGTH_DISCOUNT = 0.5;
const SHORT_LENGTH_DISCOUNT = 0.3;
/** Lengths for which no discount is made, in words: those of an ordinary sheet. */
const NAME_LENGTH = 4;
const SHORT_LENGTH = 16;
const SHEET_LEXEMES = 70;
/** What one fitting short text is worth beside the scattered words. */
const FIT_WEIGHT = 0.5;
/** Spellings less alike than this say nothing. */
const LIKENESS_MIN = 0.4;
const LIKENESS_POWER = 1.5;
/** Share of a fit that covers the query, the rest being the share of the short text that the query covers. */
const COVERAGE_SHARE = 0.7;
/** Several fitting texts are worth a little more than the best alone. */
const FIT_POWER = 4;

/** Says how well a sheet answers, from 0 upwards; 1 is an ordinary sheet that holds every word. */
export function sheetScorer(words: readonly SearchWord[]): (text: RankedText) => number {
  const known = new Map<string, readonly number[]>();
  const grams = words.map((word) => trigrams(word.lexeme));
  const likenesses = (lexeme: string): readonly number[] => {
    const remembered = known.get(lexeme);
    if (remembered) return remembered;
    const own = trigrams(lexeme);
    const values = words.map((word, index) => likeness(word, lexeme, dice(grams[index]!, own)));
    known.set(lexeme, values);
    return values;
  };
  return (text) => {
    const passages = text.passages.map((passage) => ({ kind: passage[0]!, lexemes: passage.slice(1).split(' ') }));
    return scatteredWords(words, passages, text) + FIT_WEIGHT * fittingTexts(words, passages, likenesses);
  };
}

type Likenesses = (lexeme: string) => readonly number[];

interface Passage {
  readonly kind: string;
  readonly lexemes: readonly string[];
}

/** BM25F over the name, the short texts and the long ones, as a share of the best possible. */
function scatteredWords(words: readonly SearchWord[], passages: readonly Passage[], text: RankedText): number {
  const name = passages.filter((passage) => passage.kind === 'n').flatMap((passage) => passage.lexemes);
  const short = passages.filter((passage) => passage.kind !== 'n').flatMap((passage) => passage.lexemes);
  const nameNorm = norm(LENGTH_DISCOUNT, name.length, NAME_LENGTH);
  const shortNorm = norm(SHORT_LENGTH_DISCOUNT, short.length, SHORT_LENGTH);
  const longNorm = norm(LENGTH_DISCOUNT, text.lexemes, SHEET_LEXEMES);
  let score = 0;
  let best = 0;
  words.forEach((word, index) => {
    const frequency =
      (NAME_WEIGHT * occurrences(word, name)) / nameNorm +
      (SHORT_TEXT_WEIGHT * occurrences(word, short)) / shortNorm +
      (LONG_TEXT_WEIGHT * (text.described[index] ?? 0)) / longNorm;
    score += word.weight * (frequency / (frequency + SATURATION));
    best += word.weight;
  });
  return best > 0 ? score / best : 0;
}

function norm(discount: number, length: number, ordinary: number): number {
  return 1 - discount + (discount * length) / ordinary;
}

function occurrences(word: SearchWord, lexemes: readonly string[]): number {
  let total = 0;
  for (const lexeme of lexemes) {
    for (const variant of word.variants) if (variant.lexeme === lexeme) total += variant.weight;
  }
  return total;
}

/** How well the query and one short text of the sheet say the same, near spellings included; from 0 to about 1. */
function fittingTexts(words: readonly SearchWord[], passages: readonly Passage[], likenesses: Likenesses): number {
  let total = 0;
  for (const { lexemes } of passages) total += fit(words, [...new Set(lexemes)], likenesses) ** FIT_POWER;
  return total ** (1 / FIT_POWER);
}

function fit(words: readonly SearchWord[], lexemes: readonly string[], likenesses: Likenesses): number {
  const best = new Float64Array(words.length);
  let covered = 0;
  for (const lexeme of lexemes) {
    let most = 0;
    likenesses(lexeme).forEach((value, index) => {
      best[index] = Math.max(best[index]!, value);
      most = Math.max(most, value);
    });
    covered += most;
  }
  let said = 0;
  let asked = 0;
  words.forEach((word, index) => {
    said += word.weight * best[index]!;
    asked += word.weight;
  });
  return asked === 0 ? 0 : (COVERAGE_SHARE * said) / asked + ((1 - COVERAGE_SHARE) * covered) / lexemes.length;
}

/** 1 for the word itself, the variant's weight for a variant, less for a near spelling, 0 for another word. */
function likeness(word: SearchWord, lexeme: string, shared: number): number {
  for (const variant of word.variants) if (variant.lexeme === lexeme) return variant.weight;
  return shared < LIKENESS_MIN ? 0 : shared ** LIKENESS_POWER;
}

function trigrams(word: string): Set<string> {
  const padded = `  ${word} `;
  const all = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at += 1) all.add(padded.slice(at, at + 3));
  return all;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
