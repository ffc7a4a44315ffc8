import { isMeaning, themeFeatures } from './theme-features.ts';

/** What {@link trainThemes} learnt, as plain JSON. */
export interface ThemeModel {
  readonly themes: readonly string[];
  /** How many labelled texts it was learnt from. */
  readonly examples: number;
  /** By theme; thousandths. */
  readonly bias: readonly number[];
  /** By word, pair or piece: its rarity and what it says for or against each theme, in thousandths. */
  readonly features: Readonly<Record<string, { readonly rarity: number; readonly weights: readonly number[] }>>;
}

/** A proposal, for the person to confirm. */
export interface ThemeProposal {
  readonly theme: string;
  /** How sure it is beside the other themes, in thousandths. */
  readonly share: number;
  /** The words of the text that speak for it, most telling first. */
  readonly words: readonly string[];
}

const PROPOSALS_MAX = 3;
const WORDS_MAX = 5;
/** From separators' margins to shares: learnt margins lie between about -1 and 1. */
const MARGIN_SCALE = 3;

/** The themes that a text is most likely about, surest first. None when it says nothing that the model knows. */
export function proposeThemes(text: string, model: ThemeModel, most: number = PROPOSALS_MAX): ThemeProposal[] {
  const known = themeFeatures(text).filter((name) => Object.hasOwn(model.features, name));
  if (known.length === 0) return [];
  const values = known.map((name) => model.features[name]!.rarity);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const margins = model.themes.map((_, theme) =>
    known.reduce(
      (sum, name, i) => sum + (model.features[name]!.weights[theme]! * values[i]!) / length,
      model.bias[theme]!
    )
  );
  const strengths = margins.map((margin) => Math.exp((MARGIN_SCALE * margin) / 1000));
  const total = strengths.reduce((sum, strength) => sum + strength, 0);
  return margins
    .map((margin, theme) => ({ margin, theme, share: Math.round((1000 * strengths[theme]!) / total) }))
    .sort((a, b) => b.margin - a.margin || a.theme - b.theme)
    .slice(0, most)
    .map(({ theme, share }) => ({ theme: model.themes[theme]!, share, words: tellingWords(known, model, theme) }));
}

function tellingWords(known: readonly string[], model: ThemeModel, theme: number): string[] {
  const saysFor = (name: string) => model.features[name]!.weights[theme]! * model.features[name]!.rarity;
  return known
    .filter((name) => !name.startsWith('~') && !isMeaning(name) && !name.includes(' ') && saysFor(name) > 0)
    .sort((a, b) => saysFor(b) - saysFor(a))
    .slice(0, WORDS_MAX);
}
