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
/** What a word that was not asked weighs in a short text: the inverse frequency of a rather rare word. */
const UNASKED_WEIGHT = 6;
/** From this likeness on, a word of a short text is the word asked, in another form. */
const SAME_WORD_MIN = 0.9;
/** How often a word is expected by chance: lexemes of a sheet's short texts beyond its own, and words of an ordinary sheet. */
const FREQUENCY_LEXEMES = 5;
const FREQUENCY_SCALE = 8;
const FREQUENCY_LONG_TEXT = 0.5;

/**
 * What each sign of a good answer is worth. Learnt by a choice among the best candidates (conditional logit) of 1,472 names
 * of jobs (half of the held-out names of ROME; the other half measures), and checked by crossing them in five parts.
 */
const SIGN_WEIGHTS = {
  words: 1.53,
  coverage: 2.18,
  frequency: 0.83,
  overlap: 4.11,
  described: 1.57,
  openings: 1.03,
  closings: 0.92,
  closingFit: 0.48
};

/** Says how well a sheet answers, from 0 upwards, the greater the better. */
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
  const asked = words.reduce((sum, word) => sum + word.weight, 0) || 1;
  return (text) => {
    const passages = text.passages.map((passage) => ({ kind: passage[0]!, lexemes: passage.slice(1).split(' ') }));
    const fits = passages.map((passage) => fit(words, asked, passage.lexemes, likenesses));
    const whole = wholeSheet(words, asked, fits, text);
    const fitting = fits.reduce((sum, one) => sum + one.score ** FIT_POWER, 0) ** (1 / FIT_POWER);
    return (
      SIGN_WEIGHTS.words * (scatteredWords(words, passages, text) + FIT_WEIGHT * fitting) +
      SIGN_WEIGHTS.coverage * whole.coverage +
      SIGN_WEIGHTS.frequency * whole.frequency +
      SIGN_WEIGHTS.overlap * greatest(fits.map((one) => one.overlap)) +
      SIGN_WEIGHTS.described * whole.described +
      SIGN_WEIGHTS.openings * Math.log1p(fits.filter((one) => one.opening >= SAME_WORD_MIN).length) +
      SIGN_WEIGHTS.closings * Math.log1p(fits.filter((one) => one.closing >= SAME_WORD_MIN).length) +
      SIGN_WEIGHTS.closingFit * greatest(fits.map((one) => one.overlap * one.closing))
    );
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

/** How well the query and one short text of the sheet say the same, near spellings included. */
interface Fit {
  /** From 0 to about 1: mostly the share of the query that the text says. */
  readonly score: number;
  /** The share that both have in common of all their words, by weight, from 0 to 1. */
  readonly overlap: number;
  /** How alike their first words are: in French the first word says what a thing is. */
  readonly opening: number;
  /** How alike their last words are: the last says which one of its kind. */
  readonly closing: number;
  /** For each word of the query, the likeness of the nearest word of the text. */
  readonly best: Float64Array;
  readonly lexemes: number;
}

function fit(words: readonly SearchWord[], asked: number, written: readonly string[], likenesses: Likenesses): Fit {
  const lexemes = new Set(written);
  const best = new Float64Array(words.length);
  let covered = 0;
  let common = 0;
  for (const lexeme of lexemes) {
    let most = 0;
    let weight = 0;
    likenesses(lexeme).forEach((value, index) => {
      best[index] = Math.max(best[index]!, value);
      if (value > most) [most, weight] = [value, words[index]!.weight];
    });
    covered += most;
    common += most * weight;
  }
  const said = words.reduce((sum, word, index) => sum + word.weight * best[index]!, 0);
  return {
    score: (COVERAGE_SHARE * said) / asked + ((1 - COVERAGE_SHARE) * covered) / lexemes.size,
    overlap: (said + common) / (asked + common + UNASKED_WEIGHT * (lexemes.size - covered)),
    opening: likenesses(written[0]!)[0] ?? 0,
    closing: likenesses(written.at(-1)!).at(-1) ?? 0,
    best,
    lexemes: lexemes.size
  };
}

/** What the whole sheet says of the query: the share it holds anywhere, how often beyond chance, the share in its long texts. */
function wholeSheet(words: readonly SearchWord[], asked: number, fits: readonly Fit[], text: RankedText) {
  const length = fits.reduce((sum, one) => sum + one.lexemes, 0);
  let coverage = 0;
  let frequency = 0;
  let described = 0;
  words.forEach((word, index) => {
    const inLong = text.described[index] ?? 0;
    const isNamed = fits.some((one) => one.best[index]! >= SAME_WORD_MIN);
    const times = fits.reduce((sum, one) => sum + one.best[index]!, 0) + FREQUENCY_LONG_TEXT * inLong;
    if (isNamed || inLong > 0) coverage += word.weight;
    described += word.weight * inLong;
    frequency += Math.log1p((FREQUENCY_SCALE * Math.exp(word.weight) * times) / (length + FREQUENCY_LEXEMES));
  });
  return { coverage: coverage / asked, frequency: frequency / Math.max(words.length, 1), described: described / asked };
}

function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
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
