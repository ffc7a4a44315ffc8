import type { LocalDate } from '@terreau/kernel/instants';
import type { Asker } from './asker.ts';
import { departementOfCommune } from './criteria.ts';
import { cosine, type Point } from './distance.ts';
import { match, MATCH_LIMITS, type Matches, type MatchLimits } from './match.ts';
import type { AreaLevel, Scope, Support } from './support.ts';
import type { Weights } from './weights.ts';

/**
 * Many supports, found by area and by family of themes. It only leaves out what {@link match} would answer "no" to
 * (another subject, or a territory out of reach), then asks `match`: the answer is the same as with the whole list.
 */
export class SupportIndex {
  readonly #supports: readonly Support[];
  readonly #byId = new Map<string, number>();
  /** Area key → family of themes → positions in the list. */
  readonly #postings = new Map<string, Map<string, number[]>>();

  constructor(supports: readonly Support[]) {
    this.#supports = supports;
    supports.forEach((support, position) => {
      this.#byId.set(support.id, position);
      for (const area of areaKeysOf(support)) this.#post(area, support, position);
    });
  }

  /**
   * As {@link match}. `relevance` says how well each text answers the words of the asker (0 to 1), by id; a support that
   * it does not name was searched and not found. Without it, each support keeps its own relevance, if it has one.
   */
  match(
    asker: Asker,
    weights: Weights,
    today: LocalDate,
    relevance?: ReadonlyMap<string, number>,
    limits: MatchLimits = MATCH_LIMITS
  ): Matches {
    const positions = this.#candidates(asker, weights, relevance);
    const supports = this.#supports;
    function* candidates() {
      for (const position of positions) {
        const support = supports[position]!;
        yield relevance ? { ...support, textRelevance: relevance.get(support.id) ?? 0 } : support;
      }
    }
    return match(asker, candidates(), weights, today, limits);
  }

  #post(area: string, support: Support, position: number): void {
    const byFamily = this.#postings.get(area) ?? new Map<string, number[]>();
    this.#postings.set(area, byFamily);
    for (const family of familyKeysOf(support)) {
      const list = byFamily.get(family);
      if (list) list.push(position);
      else byFamily.set(family, [position]);
    }
  }

  #candidates(asker: Asker, weights: Weights, relevance: ReadonlyMap<string, number> | undefined): Set<number> {
    const families = familyKeysFor(asker, relevance !== undefined);
    const found = new Set<number>();
    for (const area of areaKeysFor(asker, weights)) {
      const byFamily = this.#postings.get(area);
      if (!byFamily) continue;
      for (const family of families ?? byFamily.keys())
        for (const position of byFamily.get(family) ?? []) found.add(position);
    }
    for (const id of relevance?.keys() ?? []) {
      const position = this.#byId.get(id);
      if (position !== undefined) found.add(position);
    }
    return found;
  }
}

/** Examined whatever is asked: an unknown subject or territory excludes nobody. */
const ALWAYS = '*';
/** Degrees; about 28 km from north to south. */
const CELL_DEGREES = 0.25;
const COLUMNS = 360 / CELL_DEGREES;
/** A little less than there are, so that rounding only ever takes in more. */
const KM_PER_DEGREE = 111;
/** Where a degree of longitude is taken as shortest; nobody lives closer to a pole. */
const LATITUDE_MAX_DEGREES = 89;

function familyOf(code: string): string {
  const end = code.indexOf('--');
  return end < 0 ? code : code.slice(0, end);
}

function familyKeysOf(support: Support): Set<string> {
  const found = support.themes.map(familyOf);
  return new Set(found.length === 0 || support.textRelevance !== undefined ? [...found, ALWAYS] : found);
}

/** Null: any. Without a theme, words that were searched are the only subject: those found are added by their id. */
function familyKeysFor(asker: Asker, isSearched: boolean): string[] | null {
  if (asker.themes.length > 0) return [...asker.themes.map((theme) => familyOf(theme.code)), ALWAYS];
  return isSearched ? [] : null;
}

/** Under which areas a support is found: where it acts, and where it lies, for those who would be almost served. */
function areaKeysOf(support: Support): Set<string> {
  const keys = new Set<string>(support.scopes.length === 0 ? [ALWAYS] : support.scopes.flatMap(scopeKeys));
  if (support.location) keys.add(cellKey(cellOf(support.location)));
  return keys;
}

function scopeKeys(scope: Scope): string[] {
  if (scope.level === 'national') return [ALWAYS];
  if (scope.level === 'around') return ['around'];
  const codes = scope.codes.map((code) => `${scope.level}:${code}`);
  const near = scope.level === 'commune' ? scope.codes.map((code) => `within:${departementOfCommune(code)}`) : [];
  return [scope.level, ...codes, ...near];
}

/** Under which areas an asker looks. A place that was not told may be any: all supports of that level are examined. */
function areaKeysFor(asker: Asker, weights: Weights): string[] {
  const levels = Object.entries(asker.areas) as [AreaLevel, readonly string[] | null][];
  return [
    ALWAYS,
    'around',
    ...levels.flatMap(([level, codes]) => codes?.map((code) => `${level}:${code}`) ?? [level]),
    ...(asker.areas.departement ?? []).map((code) => `within:${code}`),
    ...(asker.point ? cellsAround(asker.point, weights.limits['near-miss-km'].value) : [])
  ];
}

function cellOf(point: Point): readonly [number, number] {
  return [Math.floor(point.latitude / CELL_DEGREES), Math.floor(point.longitude / CELL_DEGREES)];
}

function cellKey([row, column]: readonly [number, number]): string {
  return `cell:${row}:${((column % COLUMNS) + COLUMNS) % COLUMNS}`;
}

function cellsAround(point: Point, km: number): string[] {
  const north = km / KM_PER_DEGREE;
  const edge = Math.min(LATITUDE_MAX_DEGREES, Math.abs(point.latitude) + north);
  const east = north / cosine(edge);
  const [firstRow, firstColumn] = cellOf({ latitude: point.latitude - north, longitude: point.longitude - east });
  const [lastRow, lastColumn] = cellOf({ latitude: point.latitude + north, longitude: point.longitude + east });
  const keys: string[] = [];
  for (let row = firstRow; row <= lastRow; row += 1)
    for (let column = firstColumn; column <= lastColumn; column += 1) keys.push(cellKey([row, column]));
  return keys;
}
