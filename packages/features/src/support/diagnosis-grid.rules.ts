import french from './diagnosis-grid.json' with { type: 'json' };
import english from './diagnosis-grid.en.json' with { type: 'json' };

/* The grid of the shared diagnosis: ten dimensions, forty items, four described levels each; twelve make the short form. */

export type Level = 1 | 2 | 3 | 4;
export const LEVELS: readonly Level[] = [1, 2, 3, 4];
export type Mark = 'not-concerned' | 'unknown';
export type Form = 'short' | 'full';

export interface GridItem {
  readonly code: string;
  readonly title: string;
  readonly isShort: boolean;
  readonly levels: Readonly<Record<Level, string>>;
}

export interface GridDimension {
  readonly code: string;
  readonly title: string;
  readonly items: readonly GridItem[];
}

const TRANSLATED = english as unknown as Readonly<Record<string, readonly [string, string, string, string, string]>>;

/** The dimensions of a form, in order, with the items that it asks; a dimension without any is left out. */
export function gridOf(form: Form, language: 'fr' | 'en'): GridDimension[] {
  return french
    .map((dimension) => ({
      code: dimension.code,
      title: language === 'fr' ? dimension.titre : dimension.title_en,
      items: dimension.items
        .filter((item) => form === 'full' || item.grille_courte)
        .map((item) => itemIn(item, language))
    }))
    .filter((dimension) => dimension.items.length > 0);
}

/** The codes of the items that a form asks. */
export function itemCodes(form: Form): string[] {
  return gridOf(form, 'fr').flatMap((dimension) => dimension.items.map((item) => item.code));
}

export function dimensionOf(item: string): string {
  return item.slice(0, item.indexOf('.'));
}

function itemIn(item: (typeof french)[number]['items'][number], language: 'fr' | 'en'): GridItem {
  const { niveaux } = item;
  const words = language === 'fr' ? null : TRANSLATED[item.code]!;
  return {
    code: item.code,
    title: words ? words[0] : item.titre,
    isShort: item.grille_courte,
    levels: words
      ? { 1: words[1], 2: words[2], 3: words[3], 4: words[4] }
      : { 1: niveaux['1'], 2: niveaux['2'], 3: niveaux['3'], 4: niveaux['4'] }
  };
}
