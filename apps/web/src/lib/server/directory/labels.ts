import {
  FEES,
  MOBILIZATION_MODES,
  MOBILIZERS,
  NETWORKS,
  PUBLICS,
  RECEPTION_MODES,
  SERVICE_KINDS,
  THEME_GROUPS,
  THEMES,
  type VocabularyEntry
} from '@terreau/formats/vocabulary';
import { currentLanguage } from '#lib/languages.ts';

/*
 * The words of data·inclusion in the language of the page. They stay on the server: a page receives the labels that it
 * shows, not the vocabulary.
 */

const LISTS = {
  theme: THEMES,
  public: PUBLICS,
  network: NETWORKS,
  serviceKind: SERVICE_KINDS,
  fee: FEES,
  reception: RECEPTION_MODES,
  mobilization: MOBILIZATION_MODES,
  mobilizer: MOBILIZERS
} as const satisfies Record<string, readonly VocabularyEntry[]>;

export type Vocabulary = keyof typeof LISTS;

export interface Option {
  value: string;
  label: string;
}

/** The label of a code, of a family of themes as well; the code itself when it is a territory's own word. */
export function labelOf(vocabulary: Vocabulary, code: string): string {
  const families: readonly VocabularyEntry[] = vocabulary === 'theme' ? THEME_GROUPS : [];
  const entry = [...LISTS[vocabulary], ...families].find((each) => each.code === code);
  return entry ? inLanguage(entry) : code.replaceAll('-', ' ');
}

export function labelsOf(vocabulary: Vocabulary, codes: readonly string[]): string[] {
  return codes.map((code) => labelOf(vocabulary, code));
}

export function optionsOf(vocabulary: Vocabulary): Option[] {
  return (LISTS[vocabulary] as readonly VocabularyEntry[]).map((entry) => ({
    value: entry.code,
    label: inLanguage(entry)
  }));
}

/** The themes under their families. */
export function themeOptions(): { label: string; options: Option[] }[] {
  return THEME_GROUPS.map((group) => ({
    label: inLanguage(group),
    options: THEMES.filter((theme) => theme.group === group.code).map((theme) => ({
      value: theme.code,
      label: inLanguage(theme)
    }))
  }));
}

function inLanguage(entry: VocabularyEntry): string {
  return currentLanguage() === 'en' ? entry.labelEn : entry.label;
}
