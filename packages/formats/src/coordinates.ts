import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** Projections that can be told apart and converted. `cc42` to `cc50` are the nine conformal conic zones of France. */
export type CoordinateSystem = 'wgs84' | 'lambert-93' | 'web-mercator' | ConicZone;
export type ConicZone = 'cc42' | 'cc43' | 'cc44' | 'cc45' | 'cc46' | 'cc47' | 'cc48' | 'cc49' | 'cc50';

export interface Position {
  /** WGS84 degrees (RGF93 and WGS84 agree within a metre, which a directory cannot see). */
  readonly latitude: number;
  readonly longitude: number;
}

/** Two numbers as a file gives them: `x` from its longitude or easting column, `y` from its latitude or northing. */
export interface Pair {
  readonly x: number;
  readonly y: number;
}

export interface GuessedSystem {
  readonly system: CoordinateSystem;
  /** The file gives latitude where longitude is expected. */
  readonly swapped: boolean;
}

export type CoordinateRefusal = 'coordinates-unknown-system' | 'coordinates-ambiguous' | 'coordinates-none';

/** Share of a file's positions that must agree on one system; the others are refused one by one. */
const AGREEMENT_MIN_PERCENT = 80;

/** Positions, evenly spread over the file, from which its system is judged. */
const SAMPLE_MAX_PAIRS = 2_000;

/**
 * The system in which a file gives its positions, judged from all of them. Ambiguous or unknown is refused:
 * a position is converted surely or not at all. Lambert II étendu (before 2009) is recognised as unknown.
 */
export function guessSystem(pairs: readonly Pair[]): Verdict<GuessedSystem, CoordinateRefusal> {
  const stride = Math.ceil(pairs.length / SAMPLE_MAX_PAIRS);
  const known = pairs
    .filter((_, index) => index % stride === 0)
    .filter((pair) => Number.isFinite(pair.x) && Number.isFinite(pair.y) && (pair.x !== 0 || pair.y !== 0));
  if (known.length === 0) return refuse('coordinates-none');
  const counts = CANDIDATES.map((candidate) => ({
    candidate,
    count: known.filter((pair) => toPosition(pair, candidate) !== null).length,
    // In degrees no place of France, its numbers swapped, is another: rows of either order agree on the system.
    agreeing: known.filter((pair) => toPosition(pair, candidate) !== null || isSwappedDegrees(pair, candidate)).length
  }));
  const likely = counts.filter(({ agreeing }) => agreeing * 100 >= known.length * AGREEMENT_MIN_PERCENT);
  const best = Math.max(...likely.map(({ count }) => count));
  const winners = likely.filter(({ count }) => count === best);
  if (winners.length === 0) return refuse('coordinates-unknown-system');
  const degrees = winners.find(({ candidate }) => candidate.system === 'wgs84' && !candidate.swapped);
  if (winners.length > 1 && !degrees) return refuse('coordinates-ambiguous');
  return accept((degrees ?? winners[0]!).candidate);
}

function isSwappedDegrees(pair: Pair, { system, swapped }: GuessedSystem): boolean {
  return system === 'wgs84' && toPosition(pair, { system, swapped: !swapped }) !== null;
}

/** The place on Earth, or null when it falls outside France (overseas included) or outside the zone of its projection. */
export function toPosition(pair: Pair, guessed: GuessedSystem): Position | null {
  const { x, y } = guessed.swapped ? { x: pair.y, y: pair.x } : pair;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
  if (guessed.system === 'wgs84') return inFrance({ latitude: y, longitude: x });
  if (guessed.system === 'web-mercator') return inFrance(fromWebMercator(x, y));
  return fromProjected(guessed.system, x, y);
}

/** The system that a GeoJSON `crs` or a column's name declares ("EPSG:2154", "X_L93", "CC43"), or null. */
export function declaredSystem(text: string): CoordinateSystem | null {
  const plain = text.toLowerCase();
  const code = /(?:epsg|crs)\D{0,10}(\d{4,5})(?!\d)/.exec(plain)?.[1] ?? plain;
  if (/crs84|^4326$|^4171$|wgs ?84/.test(code)) return 'wgs84';
  if (/^2154$|lambert[ _-]?93|(?:^|[^a-z0-9])l93(?:[^0-9]|$)/.test(code)) return 'lambert-93';
  if (/^3857$|^900913$/.test(code)) return 'web-mercator';
  const zone =
    /^39(4[2-9]|50)$/.exec(code)?.[1] ?? /(?:^|[^a-z0-9])(?:rgf93 ?)?cc ?(4[2-9]|50)(?:[^0-9]|$)/.exec(code)?.[1];
  return zone === undefined ? null : (`cc${zone}` as ConicZone);
}

/** Degrees to metres, for drawing and for checking the way back. */
export function project(system: 'lambert-93' | ConicZone, position: Position): Pair {
  const cone = coneOf(system);
  const radius = cone.c * Math.exp(-cone.n * isometricLatitude(radians(position.latitude), GRS80_E));
  const angle = cone.n * radians(position.longitude - CENTRAL_MERIDIAN_DEGREES);
  return { x: cone.xs + radius * Math.sin(angle), y: cone.ys - radius * Math.cos(angle) };
}

/** Metres to degrees (IGN, NTG 71, algorithm 4). */
export function unproject(system: 'lambert-93' | ConicZone, pair: Pair): Position {
  const cone = coneOf(system);
  const dx = pair.x - cone.xs;
  const dy = pair.y - cone.ys;
  const longitude = CENTRAL_MERIDIAN_DEGREES + degrees(Math.atan(-dx / dy) / cone.n);
  const isometric = -Math.log(Math.abs(Math.hypot(dx, dy) / cone.c)) / cone.n;
  return { latitude: degrees(latitudeFromIsometric(isometric, GRS80_E)), longitude };
}

/** Cone of a secant Lambert projection: `n`, `c` in metres, false origin in metres (IGN, NTG 71, algorithm 54). */
export interface Cone {
  readonly n: number;
  readonly c: number;
  readonly xs: number;
  readonly ys: number;
}

/** Latitudes in radians; `a` in metres. */
export function secantCone(
  ellipsoid: { readonly a: number; readonly e: number },
  latitudes: { readonly origin: number; readonly first: number; readonly second: number },
  falseOrigin: { readonly x: number; readonly y: number }
): Cone {
  const { a, e } = ellipsoid;
  const normal = (latitude: number) => a / Math.sqrt(1 - e * e * Math.sin(latitude) ** 2);
  const parallel = (latitude: number) => normal(latitude) * Math.cos(latitude);
  const firstIsometric = isometricLatitude(latitudes.first, e);
  const n =
    Math.log(parallel(latitudes.second) / parallel(latitudes.first)) /
    (firstIsometric - isometricLatitude(latitudes.second, e));
  const c = (parallel(latitudes.first) / n) * Math.exp(n * firstIsometric);
  const ys = falseOrigin.y + c * Math.exp(-n * isometricLatitude(latitudes.origin, e));
  return { n, c, xs: falseOrigin.x, ys };
}

/** IGN, NTG 71, algorithm 1. Radians. */
export function isometricLatitude(latitude: number, e: number): number {
  const sine = e * Math.sin(latitude);
  return Math.log(Math.tan(Math.PI / 4 + latitude / 2) * ((1 - sine) / (1 + sine)) ** (e / 2));
}

/** IGN, NTG 71, algorithm 2. Radians; stops when a step moves by less than a tenth of a micrometre on the ground. */
export function latitudeFromIsometric(isometric: number, e: number): number {
  let latitude = 2 * Math.atan(Math.exp(isometric)) - Math.PI / 2;
  for (let step = 0; step < ITERATIONS_MAX_COUNT; step += 1) {
    const sine = e * Math.sin(latitude);
    const next = 2 * Math.atan(((1 + sine) / (1 - sine)) ** (e / 2) * Math.exp(isometric)) - Math.PI / 2;
    if (Math.abs(next - latitude) < 1e-14) return next;
    latitude = next;
  }
  return latitude;
}

const ITERATIONS_MAX_COUNT = 30;
const GRS80_A = 6_378_137;
const GRS80_E = Math.sqrt(2 / 298.257222101 - 1 / 298.257222101 ** 2);
const CENTRAL_MERIDIAN_DEGREES = 3;

const ZONES: readonly ConicZone[] = ['cc42', 'cc43', 'cc44', 'cc45', 'cc46', 'cc47', 'cc48', 'cc49', 'cc50'];

/** What a file may be in without saying so. Web Mercator looks like Lambert-93: it is only believed when declared. */
const CANDIDATES: readonly GuessedSystem[] = (['wgs84', 'lambert-93', ...ZONES] as const).flatMap((system) => [
  { system, swapped: false },
  { system, swapped: true }
]);

/** Boxes of the French territories: south, west, north, east, in degrees. */
const FRENCH_BOXES = [
  [41.2, -5.3, 51.2, 9.7],
  [15.7, -61.9, 18.2, -60.9],
  [17.8, -63.2, 18.2, -62.7],
  [14.3, -61.3, 15, -60.7],
  [2, -54.7, 5.9, -51.5],
  [-21.5, 55.1, -20.8, 55.9],
  [-13.1, 44.9, -12.5, 45.4],
  [46.7, -56.5, 47.2, -56],
  [-23.1, 158, -18, 172.2],
  [-28, -155, -7.5, -134],
  [-14.5, -178.4, -13.1, -176]
] as const;

function inFrance(position: Position): Position | null {
  const { latitude, longitude } = position;
  const inside = FRENCH_BOXES.some(
    ([south, west, north, east]) => latitude >= south && latitude <= north && longitude >= west && longitude <= east
  );
  return inside ? position : null;
}

const METROPOLITAN = FRENCH_BOXES[0];

function fromProjected(system: 'lambert-93' | ConicZone, x: number, y: number): Position | null {
  // Far from the false origin the cone folds over itself: only metres that lie near the country are tried.
  const cone = coneOf(system);
  if (Math.abs(x - cone.xs) > 800_000 || y >= cone.ys) return null;
  const position = unproject(system, { x, y });
  const [south, west, north, east] = METROPOLITAN;
  const { latitude, longitude } = position;
  if (latitude < south || latitude > north || longitude < west || longitude > east) return null;
  if (system === 'lambert-93') return position;
  // A conic zone serves one degree on either side of its parallel; a little more is tolerated at its edges.
  return Math.abs(latitude - Number(system.slice(2))) <= 1.2 ? position : null;
}

const cones = new Map<string, Cone>();

function coneOf(system: 'lambert-93' | ConicZone): Cone {
  const known = cones.get(system);
  if (known) return known;
  const ellipsoid = { a: GRS80_A, e: GRS80_E };
  const zone = Number(system.slice(2));
  const made =
    system === 'lambert-93'
      ? secantCone(ellipsoid, parallels(46.5, 44, 49), { x: 700_000, y: 6_600_000 })
      : secantCone(ellipsoid, parallels(zone, zone - 0.75, zone + 0.75), {
          x: 1_700_000,
          y: (zone - 41) * 1_000_000 + 200_000
        });
  cones.set(system, made);
  return made;
}

function parallels(origin: number, first: number, second: number) {
  return { origin: radians(origin), first: radians(first), second: radians(second) };
}

function fromWebMercator(x: number, y: number): Position {
  return {
    longitude: degrees(x / GRS80_A),
    latitude: degrees(2 * Math.atan(Math.exp(y / GRS80_A)) - Math.PI / 2)
  };
}

function radians(angle: number): number {
  return (angle * Math.PI) / 180;
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}
