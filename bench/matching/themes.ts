import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readOds } from '../../packages/formats/src/tables/read-ods.ts';
import { proposeThemes } from '../../packages/matching/src/propose-themes.ts';
import { plainWords } from '../../packages/matching/src/text-features.ts';
import { trainThemes, type LabelledText } from '../../packages/matching/src/train-themes.ts';
import { circumstances } from '../search/measures.ts';
import { drawer } from './drawer.ts';

const FOLDS = 5;
/** The cut into folds is drawn again for each seed, and the figures are the mean: one cut may be lucky. */
const SEEDS = [1, 2, 3, 4, 5];

type Guesser = (learn: readonly LabelledText[]) => (text: string) => readonly string[];

/** How often the proposed theme is the one that the city gave, on projects that the model has not seen. */
export function measureThemes(folder: string) {
  const montpellier = readMontpellier(folder);
  const sets = { paris: readParis(folder), montpellier, montpellier_with_one_theme_of_sport: mergeSport(montpellier) };
  return {
    method: `${FOLDS}-fold cross-validation, mean of ${SEEDS.length} cuts; same folds for both`,
    ...Object.fromEntries(Object.entries(sets).map(([name, texts]) => [name, compare(texts)])),
    ...circumstances()
  };
}

function compare(texts: readonly LabelledText[]) {
  const themes = Map.groupBy(texts, (example) => example.theme);
  const largest = Math.max(...[...themes.values()].map((list) => list.length));
  const ours = SEEDS.map((seed) => crossValidate(texts, learnOurs, seed));
  const baseline = SEEDS.map((seed) => crossValidate(texts, learnNaiveBayes, seed));
  return {
    texts: texts.length,
    themes: themes.size,
    always_the_largest_theme: rounded(largest / texts.length),
    naive_bayes: summary(baseline),
    ours: summary(ours)
  };
}

const learnOurs: Guesser = (learn) => {
  const model = trainThemes(learn);
  return (text) => proposeThemes(text, model).map((proposal) => proposal.theme);
};

/** The baseline: multinomial naive Bayes on whole words, one added to each count. */
const learnNaiveBayes: Guesser = (learn) => {
  const vocabulary = new Set(learn.flatMap((example) => plainWords(example.text)));
  const themes = [...Map.groupBy(learn, (example) => example.theme)].map(([theme, examples]) => {
    const words = examples.flatMap((example) => plainWords(example.text));
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    return { theme, counts, total: words.length, prior: Math.log(examples.length / learn.length) };
  });
  return (text) => {
    const words = plainWords(text).filter((word) => vocabulary.has(word));
    return themes
      .map(({ theme, counts, total, prior }) => ({
        theme,
        likelihood: words.reduce(
          (sum, word) => sum + Math.log(((counts.get(word) ?? 0) + 1) / (total + vocabulary.size)),
          prior
        )
      }))
      .sort((a, b) => b.likelihood - a.likelihood)
      .slice(0, 3)
      .map(({ theme }) => theme);
  };
};

interface Score {
  readonly first: number;
  readonly among3: number;
  readonly meanOverThemes: number;
}

function crossValidate(texts: readonly LabelledText[], guesser: Guesser, seed: number): Score {
  const shuffled = shuffle(texts, seed);
  const answers = Array.from({ length: FOLDS }, (_, fold) => {
    const guess = guesser(shuffled.filter((_, i) => i % FOLDS !== fold));
    return shuffled
      .filter((_, i) => i % FOLDS === fold)
      .map(({ text, theme }) => ({ theme, place: guess(text).indexOf(theme) }));
  }).flat();
  const share = (list: readonly { place: number }[], within: number) =>
    list.filter(({ place }) => place >= 0 && place < within).length / list.length;
  const perTheme = [...Map.groupBy(answers, (answer) => answer.theme).values()].map((list) => share(list, 1));
  return {
    first: share(answers, 1),
    among3: share(answers, 3),
    meanOverThemes: perTheme.reduce((sum, value) => sum + value, 0) / perTheme.length
  };
}

function summary(scores: readonly Score[]) {
  const mean = (of: (score: Score) => number) =>
    rounded(scores.reduce((sum, score) => sum + of(score), 0) / scores.length);
  const firsts = scores.map((score) => score.first);
  return {
    accuracy: mean((score) => score.first),
    lowest_and_highest_cut: [rounded(Math.min(...firsts)), rounded(Math.max(...firsts))],
    among_three_proposed: mean((score) => score.among3),
    mean_over_themes: mean((score) => score.meanOverThemes)
  };
}

/** The projects that won in Paris: title → theme. */
function readParis(folder: string): LabelledText[] {
  const rows = parse(readFileSync(join(folder, 'participation/paris_bp_projets_gagnants.csv')), {
    columns: true,
    bom: true
  }) as { titre_projet_gagnant: string; thematique: string }[];
  return rows
    .map((row) => ({ text: row.titre_projet_gagnant, theme: row.thematique }))
    .filter(({ text, theme }) => text !== '' && theme !== '');
}

/**
 * The grants of Montpellier: project → theme, the rows that have both. The city published the table twice; the
 * OpenDocument file is read, which holds the rows of the `.xls`.
 */
function readMontpellier(folder: string): LabelledText[] {
  const sheets = readOds(readFileSync(join(folder, 'montpellier/VilleMTP_MTP_AttribSub_2014.ods')));
  const table = sheets.ok ? sheets.value[0]?.table() : undefined;
  if (!table?.ok) throw new Error('the table of grants could not be read');
  const { columns, rows } = table.value;
  const [project, theme] = [columns.indexOf('Nom du projet'), columns.indexOf('Thématique')];
  return rows
    .map(({ cells }) => ({ text: cells[project] ?? '', theme: cells[theme] ?? '' }))
    .filter((row) => row.text !== '' && row.theme !== '' && row.theme !== 'Thématique');
}

/** Twenty sports projects stand in the table twice, under two budget lines: no text can tell these apart. */
function mergeSport(texts: readonly LabelledText[]): LabelledText[] {
  const merged = texts.map(({ text, theme }) => ({ text, theme: theme.startsWith('SPORT') ? 'SPORTS' : theme }));
  return [...new Map(merged.map((row) => [`${row.theme}: ${row.text}`, row])).values()];
}

/** Always the same order for a seed (Fisher and Yates). */
function shuffle<Item>(items: readonly Item[], seed: number): Item[] {
  const shuffled = [...items];
  const draw = drawer(seed);
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const other = Math.floor(draw() * (i + 1));
    [shuffled[i], shuffled[other]] = [shuffled[other]!, shuffled[i]!];
  }
  return shuffled;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
