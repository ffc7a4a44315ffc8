import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import * as french from '@zxcvbn-ts/language-fr';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

export const PASSWORD_MIN_CHARACTERS = 12;
export const PASSWORD_MAX_CHARACTERS = 128;

/** What a guesser would try first about this person and this place. */
export interface PasswordSurroundings {
  readonly name: string;
  readonly email: string;
  /** Names of territories and organisations. */
  readonly places?: readonly string[];
}

export type PasswordRefusal = 'password-too-short' | 'password-too-long' | 'password-common';

/**
 * Whether `password` may be chosen: 12 to 128 characters, and not one that somebody who tries the forty thousand most
 * common ones, words, names, dates, keyboard rows and repetitions would find within a hundred million attempts
 * (zxcvbn's score 3 of 4). Nothing is asked of its kinds of characters (ANSSI and NIST advise against it).
 */
export function checkPassword(password: string, surroundings: PasswordSurroundings): Verdict<string, PasswordRefusal> {
  const characters = [...password].length;
  if (characters < PASSWORD_MIN_CHARACTERS) return refuse('password-too-short', { min: PASSWORD_MIN_CHARACTERS });
  if (password.length > PASSWORD_MAX_CHARACTERS) return refuse('password-too-long', { max: PASSWORD_MAX_CHARACTERS });
  const around = wordsAround(surroundings);
  if (ownCharacters(password, around) < OWN_MIN_CHARACTERS) return refuse('password-common');
  const { score } = estimator().check(password.slice(0, ESTIMATED_MAX_CHARACTERS), around);
  return score >= ACCEPTED_SCORE ? accept(password) : refuse('password-common');
}

/** What must remain of a password once the person's and the place's names, and all figures, are taken away. */
const OWN_MIN_CHARACTERS = 6;

function ownCharacters(password: string, around: readonly string[]): number {
  const longestFirst = [...around].sort((a, b) => b.length - a.length);
  let rest = password.toLowerCase();
  for (const word of longestFirst) rest = rest.replaceAll(word, '');
  return [...rest.replace(/[\d\s._-]/g, '')].length;
}

const ACCEPTED_SCORE = 3;
/** The estimate's work grows with the square of the length; forty characters decide. */
const ESTIMATED_MAX_CHARACTERS = 40;
const SHORTEST_TELLING_WORD_CHARACTERS = 3;

function wordsAround({ name, email, places = [] }: PasswordSurroundings): string[] {
  const texts = [name, email, ...places, 'terreau'];
  const words = texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return words.map((word) => word.toLowerCase()).filter((word) => word.length >= SHORTEST_TELLING_WORD_CHARACTERS);
}

let made: ZxcvbnFactory | undefined;

/** Made at the first use: the dictionaries take a moment to index. */
function estimator(): ZxcvbnFactory {
  made ??= new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, ...french.dictionary },
    graphs: common.adjacencyGraphs
  });
  return made;
}
