import { proposeThemesFromWords } from './propose-from-words.ts';
import { textFeatures } from './text-features.ts';

/** Marks what everyday words are known to mean: a text about taekwondo is about sport before any example says so. */
const MEANING = '#';

/** What a text is compared by: what is written, and the themes and families that its words mean to people. */
export function themeFeatures(text: string): string[] {
  const meant = proposeThemesFromWords(text).map(({ theme }) => theme);
  const families = meant.map((theme) => theme.split('--')[0]!);
  return [...textFeatures(text), ...new Set([...meant, ...families].map((code) => `${MEANING}${code}`))];
}

export function isMeaning(feature: string): boolean {
  return feature.startsWith(MEANING);
}
