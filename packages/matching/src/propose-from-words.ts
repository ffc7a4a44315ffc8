import type { ThemeProposal } from './propose-themes.ts';
import type { SupportKind } from './support.ts';
import { isEmptyWord, plainWords } from './text-features.ts';
import { KINDS_OF_PEOPLE, WORDS_OF_PEOPLE } from './words-of-people.ts';

export interface KindProposal {
  readonly kind: SupportKind;
  readonly share: number;
  readonly words: readonly string[];
}

const PROPOSALS_MAX = 3;

/** The themes of data·inclusion that everyday words may mean, most likely first: a proposal for the person to confirm. */
export function proposeThemesFromWords(text: string, most: number = PROPOSALS_MAX): ThemeProposal[] {
  return propose(text, THEMES_BY_ROOT, most).map(({ code, share, words }) => ({ theme: code, share, words }));
}

/** What kinds of support everyday words ask for: « un local » a room, « une subvention » funding. */
export function proposeKindsFromWords(text: string, most: number = PROPOSALS_MAX): KindProposal[] {
  return propose(text, KINDS_BY_ROOT, most).map(({ code, share, words }) => ({
    kind: code as SupportKind,
    share,
    words
  }));
}

/**
 * What is left of a word without its plural, feminine or conjugation: répare, réparer, réparées → repar. Four letters
 * at least remain, so that short words keep their meaning.
 */
export function rootOf(word: string): string {
  const singular = word.length > 3 ? word.replace(/(?:eaux|aux)$/, 'al').replace(/[sx]$/, '') : word;
  return singular.replace(/^(.{4,}?)(?:er|ee|ent|ant|ez|e|a|ai)$/, '$1');
}

interface Phrase {
  readonly code: string;
  readonly roots: readonly string[];
}

function propose(text: string, phrases: ReadonlyMap<string, readonly Phrase[]>, most: number) {
  const written = new Map(
    plainWords(text)
      .filter((word) => !isEmptyWord(word))
      .map((word) => [rootOf(word), word])
  );
  const points = new Map<string, { points: number; words: Set<string> }>();
  for (const root of written.keys()) {
    for (const phrase of phrases.get(root) ?? []) {
      if (!phrase.roots.every((part) => written.has(part))) continue;
      const found = points.get(phrase.code) ?? { points: 0, words: new Set<string>() };
      points.set(phrase.code, found);
      // Two words that stand together say much more than each alone.
      found.points += phrase.roots.length ** 2;
      for (const part of phrase.roots) found.words.add(written.get(part)!);
    }
  }
  const total = [...points.values()].reduce((sum, found) => sum + found.points, 0);
  return [...points]
    .sort(([a, x], [b, y]) => y.points - x.points || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([code, found]) => ({ code, share: Math.round((1000 * found.points) / total), words: [...found.words] }));
}

/** Each phrase under its first root. */
function byFirstRoot(lists: Readonly<Record<string, string>>): Map<string, Phrase[]> {
  const phrases = Object.entries(lists).flatMap(([code, list]) =>
    list.split(', ').map((phrase): Phrase => {
      const roots = plainWords(phrase)
        .filter((word) => !isEmptyWord(word))
        .map(rootOf);
      return { code, roots: [...new Set(roots)] };
    })
  );
  return Map.groupBy(
    phrases.filter((phrase) => phrase.roots.length > 0),
    (phrase) => phrase.roots[0]!
  );
}

const THEMES_BY_ROOT = byFirstRoot(WORDS_OF_PEOPLE);
const KINDS_BY_ROOT = byFirstRoot(KINDS_OF_PEOPLE);
