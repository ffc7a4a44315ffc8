import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { SheetReading, Table, TableRefusal, TableWarning } from '../read-table.ts';
import { TABULAR_COLUMNS } from '../tabular-export.ts';
import type { TextEncoding } from './decode-text.ts';
import { isObject } from './json-values.ts';
import { HSDS_COLUMN, hsdsLines, isHsds } from './read-hsds.ts';
import { claimsOwnJson, isOwnJson, ownJsonLines } from './read-own-json.ts';
import { CELL_MAX_CHARACTERS, TABLE_MAX_COLUMNS, TABLE_MAX_ROWS } from './shape-table.ts';

/** Columns in which a feature's position is given, whatever its properties are called. */
const GEOMETRY_LONGITUDE_COLUMN = '@longitude';
const GEOMETRY_LATITUDE_COLUMN = '@latitude';

/** Objects inside objects become `a.b.c`; deeper is no directory. */
const JSON_MAX_DEPTH = 8;

/** A list of objects, an object that holds such lists (read as sheets), a GeoJSON collection, our own export or HSDS. */
export function readJson(text: string, encoding: TextEncoding): Verdict<readonly SheetReading[], TableRefusal> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return refuse('file-unreadable');
  }
  if (isOwnJson(root)) return only(() => linesTable(ownJsonLines(root), TABULAR_COLUMNS, encoding));
  if (claimsOwnJson(root)) return refuse('format-unknown');
  if (isHsds(root)) {
    const lines = hsdsLines(root).map((line) => [...line, String(root['version'])]);
    return only(() => linesTable(lines, [...TABULAR_COLUMNS, HSDS_COLUMN], encoding));
  }
  if (isObject(root) && Array.isArray(root['features'])) {
    const { features } = root as { features: unknown[] };
    return only(() => readFeatures(root, features, encoding));
  }
  const lists = isObject(root) ? Object.entries(root).filter(([, value]) => isList(value)) : [];
  const sheets = lists.map(([name]) => ({ name, hidden: false }));
  const provenance = { ...PROVENANCE, encoding, sheets };
  if (Array.isArray(root)) return only(() => tableOf(root, { ...provenance, sheet: null }));
  if (lists.length === 0) return refuse('format-unknown');
  return accept(
    lists.map(([name, list]) => ({
      name,
      hidden: false,
      isEmpty: false,
      table: () => tableOf(list as unknown[], { ...provenance, sheet: name })
    }))
  );
}

const PROVENANCE = {
  format: 'json',
  warnings: [],
  delimiter: null,
  sheet: null,
  sheets: [],
  declaredSystem: null
} as const;

function only(table: SheetReading['table']): Verdict<readonly SheetReading[], TableRefusal> {
  return accept([{ name: null, hidden: false, isEmpty: false, table }]);
}

function linesTable(
  lines: readonly (readonly string[])[],
  columns: readonly string[],
  encoding: TextEncoding
): Verdict<Table, TableRefusal> {
  if (lines.length === 0) return refuse('file-empty');
  if (lines.length > TABLE_MAX_ROWS) return refuse('rows-too-many', { maxRows: TABLE_MAX_ROWS });
  const long = lines.findIndex((line) => line.some((cell) => cell.length > CELL_MAX_CHARACTERS));
  if (long !== -1) return refuse('cell-too-long', { row: long + 1, maxCharacters: CELL_MAX_CHARACTERS });
  return accept({ ...PROVENANCE, encoding, columns, rows: lines.map((cells, index) => ({ row: index + 1, cells })) });
}

function readFeatures(
  root: Record<string, unknown>,
  features: readonly unknown[],
  encoding: TextEncoding
): Verdict<Table, TableRefusal> {
  let shapes = 0;
  const objects = features.map((feature) => {
    if (!isObject(feature)) return null;
    const properties = isObject(feature['properties']) ? feature['properties'] : {};
    const point = pointOf(feature['geometry']);
    if (point === null && feature['geometry']) shapes += 1;
    const id = feature['id'];
    return {
      ...(typeof id === 'string' && !('id' in properties) ? { id } : {}),
      ...properties,
      [GEOMETRY_LONGITUDE_COLUMN]: point?.[0] ?? null,
      [GEOMETRY_LATITUDE_COLUMN]: point?.[1] ?? null
    };
  });
  const warnings: TableWarning[] = shapes > 0 ? [{ code: 'geometry-not-a-point', detail: String(shapes) }] : [];
  return tableOf(objects, {
    format: 'geojson',
    warnings,
    encoding,
    delimiter: null,
    sheet: null,
    sheets: [],
    declaredSystem: crsName(root['crs'])
  });
}

/** A point, or a group of exactly one. An outline has no single place: it is left out, and said. */
function pointOf(geometry: unknown): readonly [number, number] | null {
  if (!isObject(geometry)) return null;
  const coordinates = geometry['coordinates'];
  const single =
    geometry['type'] === 'MultiPoint' && Array.isArray(coordinates) && coordinates.length === 1
      ? (coordinates[0] as unknown)
      : geometry['type'] === 'Point'
        ? coordinates
        : null;
  if (!Array.isArray(single)) return null;
  const [x, y] = single as unknown[];
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : null;
}

function crsName(crs: unknown): string | null {
  const properties = isObject(crs) ? crs['properties'] : null;
  const name = isObject(properties) ? (properties['name'] ?? properties['code']) : null;
  return typeof name === 'string' || typeof name === 'number' ? `EPSG ${name}` : null;
}

function tableOf(list: readonly unknown[], provenance: Omit<Table, 'columns' | 'rows'>): Verdict<Table, TableRefusal> {
  if (list.length > TABLE_MAX_ROWS) return refuse('rows-too-many', { maxRows: TABLE_MAX_ROWS });
  const indexes = new Map<string, number>();
  const flattened: Map<string, string>[] = [];
  for (const [position, item] of list.entries()) {
    const cells = new Map<string, string>();
    if (!isObject(item)) return refuse('format-unknown');
    if (!flatten(item, '', 1, cells)) return refuse('nesting-too-deep', { maxDepth: JSON_MAX_DEPTH });
    for (const [column, cell] of cells) {
      if (cell.length > CELL_MAX_CHARACTERS)
        return refuse('cell-too-long', { row: position + 1, maxCharacters: CELL_MAX_CHARACTERS });
      if (!indexes.has(column)) indexes.set(column, indexes.size);
    }
    if (indexes.size > TABLE_MAX_COLUMNS) return refuse('columns-too-many', { maxColumns: TABLE_MAX_COLUMNS });
    flattened.push(cells);
  }
  if (indexes.size === 0) return refuse('file-empty');
  const columns = [...indexes.keys()];
  const rows = flattened.map((cells, index) => ({
    row: index + 1,
    cells: columns.map((column) => cells.get(column) ?? '')
  }));
  return accept({ ...provenance, columns, rows });
}

/** False when the value nests deeper than allowed. Lists of plain values are joined with `;`. */
function flatten(value: Record<string, unknown>, prefix: string, depth: number, into: Map<string, string>): boolean {
  if (depth > JSON_MAX_DEPTH) return false;
  for (const [key, inner] of Object.entries(value)) {
    if (isObject(inner)) {
      if (!flatten(inner, `${prefix}${key}.`, depth + 1, into)) return false;
    } else into.set(`${prefix}${key}`, plainCell(inner));
  }
  return true;
}

function plainCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value))
    return value.map((item) => (isObject(item) ? JSON.stringify(item) : plainCell(item))).join(';');
  return typeof value === 'boolean' ? (value ? 'VRAI' : 'FAUX') : String(value as string | number);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
