import type { ThemeModel } from './propose-themes.ts';
import { isMeaning, themeFeatures } from './theme-features.ts';

export interface LabelledText {
  readonly text: string;
  readonly theme: string;
}

/** How closely the examples are followed: more learns them by heart, less forgets them. */
const STRICTNESS = 0.5;
const SWEEPS = 40;
/** What a word is known to mean stands beside the many pieces of that word: it is told twice. */
const MEANING_WEIGHT = 2;
/** Weights are kept as whole thousandths: a file that can be compared, and the same sums everywhere. */
const THOUSANDTHS = 1000;

/**
 * Learns what the words of each theme are from examples: for each theme a linear separator of its texts from the others
 * (squared hinge loss, solved by coordinate descent in the order of the examples). Only sums, products and quotients
 * are used after the logarithms of the frequencies, and no chance: the same examples give the same model.
 */
export function trainThemes(examples: readonly LabelledText[]): ThemeModel {
  const themes = [...new Set(examples.map((example) => example.theme))].sort();
  const read = examples.map((example) => themeFeatures(example.text));
  const features = featureNumbers(read);
  const rarity = rarities(features, read);
  const rows = read.map((names) => unitRow(names, features, rarity));
  const weights = themes.map((theme) =>
    separate(
      rows,
      examples.map((example) => (example.theme === theme ? 1 : -1)),
      features.size
    )
  );
  const entries = [...features].map(([name, number]) => [
    name,
    {
      rarity: Math.round(rarity[number]! * THOUSANDTHS),
      weights: weights.map((all) => Math.round(all.features[number]! * THOUSANDTHS))
    }
  ]);
  return {
    themes,
    examples: examples.length,
    bias: weights.map((all) => Math.round(all.bias * THOUSANDTHS)),
    features: Object.fromEntries(entries)
  };
}

interface Row {
  readonly numbers: readonly number[];
  readonly values: readonly number[];
}

/** Features that a single text has cannot be told from chance, but a short text may have no other: all are kept. */
function featureNumbers(read: readonly (readonly string[])[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const names of read) for (const name of names) if (!numbers.has(name)) numbers.set(name, numbers.size);
  return numbers;
}

function rarities(features: ReadonlyMap<string, number>, read: readonly (readonly string[])[]): Float64Array {
  const texts = new Float64Array(features.size);
  for (const names of read) for (const name of names) texts[features.get(name)!]! += 1;
  for (const [name, number] of features) {
    const rarity = 1 + Math.log((1 + read.length) / (1 + texts[number]!));
    texts[number] = isMeaning(name) ? MEANING_WEIGHT * rarity : rarity;
  }
  return texts;
}

function unitRow(names: readonly string[], features: ReadonlyMap<string, number>, rarity: Float64Array): Row {
  const numbers = names.map((name) => features.get(name)!);
  const values = numbers.map((number) => rarity[number]!);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return { numbers, values: values.map((value) => value / length) };
}

function separate(rows: readonly Row[], signs: readonly number[], size: number) {
  const weights = new Float64Array(size);
  const duals = new Float64Array(rows.length);
  const give = 1 / (2 * STRICTNESS);
  let bias = 0;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    rows.forEach((row, i) => {
      const sign = signs[i]!;
      const slope = sign * (score(row, weights) + bias) - 1 + give * duals[i]!;
      // A row has length 1, and the bias counts as one more feature of value 1.
      const dual = Math.max(0, duals[i]! - slope / (2 + give));
      const step = (dual - duals[i]!) * sign;
      duals[i] = dual;
      if (step === 0) return;
      bias += step;
      row.numbers.forEach((number, at) => (weights[number]! += step * row.values[at]!));
    });
  }
  return { features: weights, bias };
}

function score(row: Row, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < row.numbers.length; at += 1) sum += weights[row.numbers[at]!]! * row.values[at]!;
  return sum;
}
