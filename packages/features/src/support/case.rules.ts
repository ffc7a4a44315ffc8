import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** What a case says, beside its title. */
export const CASE_PARTS = ['situation', 'tried', 'worked', 'failed', 'advice'] as const;
export type CasePart = (typeof CASE_PARTS)[number];

export type CaseWords = Readonly<Record<CasePart, string | null>> & { readonly title: string };

export type CaseRefusal = 'case-names-somebody' | 'case-empty';

/** Shorter than this, a name stands in too many words to mean somebody. */
const NAME_MIN_CHARACTERS = 4;

/**
 * Whether a case may be shown: it says something that worked or did not, and, when it is anonymous, none of `names`
 * (people of the circle, the organisation) stands in it.
 */
export function checkCase(
  words: CaseWords,
  shownAs: 'anonymous' | 'named',
  names: readonly string[]
): Verdict<undefined, CaseRefusal> {
  if (!words.worked && !words.failed) return refuse('case-empty');
  if (shownAs === 'named') return accept();
  const said = plain([words.title, ...CASE_PARTS.map((part) => words[part] ?? '')].join(' '));
  const found = names.find((name) => plain(name).length >= NAME_MIN_CHARACTERS && said.includes(plain(name)));
  return found ? refuse('case-names-somebody', { name: found }) : accept();
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** What two situations have in common: what makes a case worth offering. */
export interface CaseReasons {
  readonly dimensions: readonly string[];
  readonly themes: readonly string[];
}

export function reasonsFor(
  mine: CaseReasons,
  theirs: { readonly dimensions: readonly string[]; readonly themes: readonly string[] }
): CaseReasons {
  return {
    dimensions: mine.dimensions.filter((dimension) => theirs.dimensions.includes(dimension)),
    themes: familiesOf(mine.themes).filter((theme) => familiesOf(theirs.themes).includes(theme))
  };
}

/** The families of themes: `mobilite--conduire` is of `mobilite`. */
export function familiesOf(themes: readonly string[]): string[] {
  return [...new Set(themes.map((theme) => theme.split('--')[0]!))];
}
