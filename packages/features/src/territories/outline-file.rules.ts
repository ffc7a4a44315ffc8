import { declaredSystem, guessSystem, toPosition, type GuessedSystem, type Pair } from '@terreau/formats/coordinates';
import { windRings, type Ring } from '@terreau/formats/write-geojson';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { isWgs84Area, type AreaGeometry } from './geometry.rules.ts';

/** A file of outlines, in WGS84, with what each outline says of itself. */
export interface OutlineFile {
  /** In which system the file was: converted when it was not WGS84. */
  readonly system: GuessedSystem['system'];
  readonly outlines: readonly FileOutline[];
  readonly properties: readonly OutlineProperty[];
}

export interface FileOutline {
  readonly properties: Readonly<Record<string, string>>;
  readonly outline: AreaGeometry;
}

export interface OutlineProperty {
  readonly name: string;
  /** The first values, for whoever chooses which property holds the name. */
  readonly samples: readonly string[];
  readonly distinctCount: number;
}

export type OutlineFileRefusal =
  | 'file-empty'
  | 'file-too-large'
  | 'not-geojson'
  | 'no-area'
  | 'too-many-outlines'
  | 'coordinates-unknown-system'
  | 'coordinates-ambiguous'
  | 'coordinates-contradict'
  | 'outside-france';

export const OUTLINE_FILE_MAX_BYTES = 20_000_000;
export const OUTLINES_MAX_COUNT = 3000;
const SAMPLES_COUNT = 4;
const PROPERTY_MAX_CHARACTERS = 200;
const PROPERTIES_MAX_COUNT = 60;
/** Five decimals of a degree: about a metre, which no neighbourhood's border is known to. */
const DECIMALS_SCALE = 100_000;

/** Reads GeoJSON areas, in degrees or in a French projection, which is recognised and converted, or refused. */
export function readOutlineFile(text: string): Verdict<OutlineFile, OutlineFileRefusal> {
  if (text.trim() === '') return refuse('file-empty');
  if (text.length > OUTLINE_FILE_MAX_BYTES)
    return refuse('file-too-large', { megabytes: OUTLINE_FILE_MAX_BYTES / 1e6 });
  const read = parsed(text);
  if (!read) return refuse('not-geojson');
  const areas = read.features.filter(isArea);
  if (areas.length === 0) return refuse('no-area');
  if (areas.length > OUTLINES_MAX_COUNT) return refuse('too-many-outlines', { limit: OUTLINES_MAX_COUNT });
  const pairs = areas.flatMap(({ geometry }) => ringsOf(geometry).flatMap((ring) => ring.map(pairOf)));
  const guessed = guessSystem(pairs);
  if (!guessed.ok) return refuse(guessed.code === 'coordinates-none' ? 'no-area' : guessed.code);
  const declared = read.crs === null ? null : declaredSystem(read.crs);
  // RFC 7946 leaves degrees undeclared; a declaration that its own numbers belie is not for us to settle.
  if (declared && declared !== guessed.value.system) return refuse('coordinates-contradict', { declared });
  const outlines: FileOutline[] = [];
  for (const { geometry, properties } of areas) {
    const outline = converted(geometry, guessed.value);
    if (!outline || !isWgs84Area(outline)) return refuse('outside-france');
    outlines.push({ properties: wordsOf(properties), outline });
  }
  return accept({ system: guessed.value.system, outlines, properties: propertiesOf(outlines) });
}

/** The property that most likely holds names: it is called so, and tells outlines apart. */
export function guessNameProperty(file: OutlineFile): string | null {
  return likeliest(file, /^(nom|name|lib|libelle|label|quartier|intitule)/i, /^(lib|nom|name)/i, () => true);
}

/** The property that holds the codes of priority neighbourhoods (QP034001, QN03401M). */
export function guessPriorityCodeProperty(file: OutlineFile): string | null {
  return likeliest(file, /./, /code/i, (value) => /^Q[PN]\d{5,6}[A-Z]?$/.test(value));
}

/** The property that holds Insee codes of communes. */
export function guessCommuneProperty(file: OutlineFile): string | null {
  return likeliest(file, /./, /com/i, (value) => /^\d[0-9AB]\d{3}$/.test(value), /com|insee/i);
}

/** Outlines under one name are one neighbourhood, in several pieces if need be; nameless ones are left out. */
export function outlinesByName(
  outlines: readonly FileOutline[],
  property: string
): { readonly name: string; readonly properties: FileOutline['properties']; readonly outline: AreaGeometry }[] {
  const named = outlines.filter(({ properties }) => (properties[property] ?? '') !== '');
  return [...Map.groupBy(named, ({ properties }) => properties[property]!)].map(([name, pieces]) => ({
    name,
    properties: pieces[0]!.properties,
    outline: joined(pieces.map(({ outline }) => outline))
  }));
}

/** « HOPITAUX-FACULTES » reads « Hopitaux-Facultes »: names are not shouted. Other spellings are left alone. */
export function calmName(name: string): string {
  if (name !== name.toUpperCase() || !/\p{L}{2}/u.test(name)) return name;
  return name
    .toLowerCase()
    .replace(/(^|[\s'’(-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/(?<=[\s-])(?:D|L)(?=['’])|(?<=[\s-])(?:De|Du|Des|La|Le|Les|Et|En|Sur|Aux?)(?=[\s-])/g, (word) =>
      word.toLowerCase()
    );
}

interface RawFeature {
  readonly geometry: { readonly type: 'Polygon' | 'MultiPolygon'; readonly coordinates: never };
  readonly properties: Record<string, unknown> | null;
}

function parsed(text: string): { features: unknown[]; crs: string | null } | null {
  try {
    const json = JSON.parse(text.replace(/^\uFEFF/, '')) as { type?: string; features?: unknown; crs?: unknown };
    if (json?.type !== 'FeatureCollection' || !Array.isArray(json.features)) return null;
    return { features: json.features, crs: json.crs === undefined ? null : JSON.stringify(json.crs) };
  } catch {
    return null;
  }
}

function isArea(feature: unknown): feature is RawFeature {
  const geometry = (feature as RawFeature | null)?.geometry;
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return false;
  const polygons = polygonsOf(geometry);
  return (
    Array.isArray(polygons) &&
    polygons.every(
      (rings) => Array.isArray(rings) && rings.every((ring) => Array.isArray(ring) && ring.every(Array.isArray))
    )
  );
}

function polygonsOf({ type, coordinates }: RawFeature['geometry']): number[][][][] {
  return (type === 'Polygon' ? [coordinates] : coordinates) as number[][][][];
}

function ringsOf(geometry: RawFeature['geometry']): number[][][] {
  return polygonsOf(geometry).flat();
}

function pairOf(position: readonly number[]): Pair {
  return { x: Number(position[0]), y: Number(position[1]) };
}

function converted(geometry: RawFeature['geometry'], guessed: GuessedSystem): AreaGeometry | null {
  const polygons: Ring[][] = [];
  for (const rings of polygonsOf(geometry)) {
    const ringsInDegrees: Ring[] = [];
    for (const ring of rings) {
      const positions = ring.map((position) => toPosition(pairOf(position), guessed));
      if (positions.some((position) => position === null)) return null;
      ringsInDegrees.push(positions.map((position) => [rounded(position!.longitude), rounded(position!.latitude)]));
    }
    polygons.push(ringsInDegrees);
  }
  return windRings({ type: 'MultiPolygon', coordinates: polygons }) as unknown as AreaGeometry;
}

function rounded(degrees: number): number {
  return Math.round(degrees * DECIMALS_SCALE) / DECIMALS_SCALE;
}

function wordsOf(properties: Record<string, unknown> | null): Record<string, string> {
  const known = Object.entries(properties ?? {}).slice(0, PROPERTIES_MAX_COUNT);
  return Object.fromEntries(
    known
      .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
      .map(([name, value]) => [name, String(value).trim().slice(0, PROPERTY_MAX_CHARACTERS)])
  );
}

function propertiesOf(outlines: readonly FileOutline[]): OutlineProperty[] {
  const names = [...new Set(outlines.flatMap(({ properties }) => Object.keys(properties)))];
  return names.map((name) => {
    const values = new Set(outlines.map(({ properties }) => properties[name] ?? '').filter((value) => value !== ''));
    return { name, samples: [...values].slice(0, SAMPLES_COUNT), distinctCount: values.size };
  });
}

function likeliest(
  file: OutlineFile,
  allowed: RegExp,
  preferred: RegExp,
  isValue: (value: string) => boolean,
  named: RegExp = /./
): string | null {
  const fitting = file.properties.filter(
    ({ name, samples }) => samples.length > 0 && allowed.test(name) && named.test(name) && samples.every(isValue)
  );
  const words = fitting.filter(({ samples }) => samples.some((sample) => /\p{L}{3}/u.test(sample)));
  const candidates = isValue('a') && words.length > 0 ? words : fitting;
  const score = ({ name, distinctCount }: OutlineProperty) => (preferred.test(name) ? 1 : 0) * 10_000 + distinctCount;
  return candidates.toSorted((one, other) => score(other) - score(one))[0]?.name ?? null;
}

function joined(pieces: readonly AreaGeometry[]): AreaGeometry {
  const coordinates = pieces.flatMap((piece) => (piece.type === 'Polygon' ? [piece.coordinates] : piece.coordinates));
  return { type: 'MultiPolygon', coordinates };
}
