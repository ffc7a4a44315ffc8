import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** Points that each reason can bring at most, and where it ends. Whole numbers; a territory may set its own. */
export interface Weights {
  readonly version: string;
  /** Since when they are in force, `YYYY-MM-DD`. */
  readonly date: string;
  readonly points: Readonly<Record<PointName, Weight>>;
  readonly limits: Readonly<Record<LimitName, Weight>>;
}

export interface Weight {
  readonly value: number;
  /** One sentence for whoever reads the settings. */
  readonly why: string;
}

/**
 * The weights of the house. They are here to be read, discussed and changed: a territory's own are a setting with its
 * history, and the same request with the same weights always gets the same answer.
 */
export const WEIGHTS: Weights = {
  version: '1',
  date: '2026-11-26',
  points: {
    theme: {
      value: 60,
      why: 'Le sujet d’abord : chaque thème demandé et proposé compte, selon le poids que la personne lui donne.'
    },
    family: {
      value: 12,
      why: 'Un sujet voisin (même famille de thèmes) peut aider, mais passe bien après le sujet lui-même.'
    },
    public: {
      value: 15,
      why: 'Qui connaît le public du projet aide mieux ; « ouvert à tous » compte pour moitié.'
    },
    words: { value: 30, why: 'Les mots de la personne disent souvent plus que les cases cochées.' },
    near: { value: 20, why: 'On va plus volontiers là où l’on peut aller à pied.' },
    checked: { value: 10, why: 'Une fiche vérifiée il y a peu évite un déplacement inutile.' },
    load: {
      value: 10,
      why: 'Qui a de la place passe avant ; qui est plein passe après : la même valeur est ajoutée ou retirée.'
    },
    turn: {
      value: 15,
      why: 'Chacun son tour : qui est proposé sans cesse, ou ne répond pas, laisse passer les autres.'
    },
    'to-check': { value: 8, why: 'Ce qui reste à vérifier n’exclut jamais, mais passe après ce qui est sûr.' }
  },
  limits: {
    'near-km': { value: 10, why: 'Au-delà de cette distance, la proximité ne rapporte plus rien.' },
    'checked-days': { value: 365, why: 'Au bout d’un an sans vérification, la fraîcheur ne rapporte plus rien.' },
    'near-miss-km': {
      value: 30,
      why: 'Hors de la zone couverte, on ne montre que ce qui est à portée de déplacement.'
    },
    'near-miss-criteria': { value: 2, why: 'À trois conditions manquantes, ce n’est plus « presque possible ».' }
  }
};

type PointName = 'theme' | 'family' | 'public' | 'words' | 'near' | 'checked' | 'load' | 'turn' | 'to-check';
type LimitName = 'near-km' | 'checked-days' | 'near-miss-km' | 'near-miss-criteria';

export const POINTS_MAX = 1000;
const LIMIT_BOUNDS: Readonly<Record<LimitName, readonly [number, number]>> = {
  'near-km': [1, 100],
  'checked-days': [1, 1095],
  'near-miss-km': [0, 100],
  'near-miss-criteria': [0, 3]
};
const WORDS_MAX_CHARACTERS = 500;

export type WeightsRefusal =
  | 'weights-not-readable'
  | 'weight-missing'
  | 'weight-unknown'
  | 'weight-out-of-bounds'
  | 'weight-without-why'
  | 'family-above-theme';

/**
 * Weights from a setting's JSON. Refused when one is missing, unknown, no whole number within its bounds or without its
 * reason (`details.name` says which, `min` and `max` the bounds), or when a neighbouring subject would count more than
 * the subject itself.
 */
export function readWeights(json: unknown): Verdict<Weights, WeightsRefusal> {
  if (!isRecord(json) || !isRecord(json.points) || !isRecord(json.limits)) return refuse('weights-not-readable');
  const { version, date } = json;
  if (!isLine(version) || typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date))
    return refuse('weights-not-readable');
  const points = readGroup(json.points, WEIGHTS.points, () => [0, POINTS_MAX]);
  if (!points.ok) return points;
  const limits = readGroup(json.limits, WEIGHTS.limits, (name) => LIMIT_BOUNDS[name]);
  if (!limits.ok) return limits;
  if (points.value.family.value > points.value.theme.value) return refuse('family-above-theme', { name: 'family' });
  return accept({ version, date, points: points.value, limits: limits.value });
}

/** What a territory changed, by name: `theme`, `near-km`… */
export type WeightValues = Readonly<Record<string, number>>;

/** The values of the weights in force, to be shown and changed. */
export function weightValues(weights: Weights): WeightValues {
  return Object.fromEntries(
    [...Object.entries(weights.points), ...Object.entries(weights.limits)].map(([name, weight]) => [name, weight.value])
  );
}

/** The weights of the house with some values of a territory's own, held to the same bounds. */
export function withValues(values: WeightValues): Verdict<Weights, WeightsRefusal> {
  const stranger = Object.keys(values).find((name) => !(name in WEIGHTS.points) && !(name in WEIGHTS.limits));
  if (stranger !== undefined) return refuse('weight-unknown', { name: stranger.slice(0, WORDS_MAX_CHARACTERS) });
  const changed = (group: Readonly<Record<string, Weight>>) =>
    Object.fromEntries(
      Object.entries(group).map(([name, weight]) => [name, { ...weight, value: values[name] ?? weight.value }])
    );
  return readWeights({ ...WEIGHTS, points: changed(WEIGHTS.points), limits: changed(WEIGHTS.limits) });
}

function readGroup<Name extends string>(
  group: Readonly<Record<string, unknown>>,
  known: Readonly<Record<Name, Weight>>,
  boundsOf: (name: Name) => readonly [number, number]
): Verdict<Record<Name, Weight>, WeightsRefusal> {
  const stranger = Object.keys(group).find((name) => !Object.hasOwn(known, name));
  if (stranger !== undefined) return refuse('weight-unknown', { name: stranger.slice(0, WORDS_MAX_CHARACTERS) });
  const read = {} as Record<Name, Weight>;
  for (const name of Object.keys(known) as Name[]) {
    const weight = group[name];
    if (!isRecord(weight)) return refuse('weight-missing', { name });
    const [min, max] = boundsOf(name);
    const { value, why } = weight;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
      return refuse('weight-out-of-bounds', { name, min, max });
    if (!isLine(why)) return refuse('weight-without-why', { name });
    read[name] = { value, why };
  }
  return accept(read);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLine(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= WORDS_MAX_CHARACTERS;
}
