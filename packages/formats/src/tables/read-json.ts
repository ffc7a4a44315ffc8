import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { ReadTableOptions, Table, TableRefusal, TableWarning } from '../read-table.ts';
import type { TextEncoding } from './decode-text.ts';
import { CELL_MAX_CHARACTERS, TABLE_MAX_COLUMNS, TABLE_MAX_ROWS } from './shape-table.ts';

/** Columns in which a feature's position is given, whatever its properties are called. */
const GEOMETRY_LONGITUDE_COLUMN = '@longitude';
const GEOMETRY_LATITUDE_COLUMN = '@latitude';

/** Objects inside objects become `a.b.c`; deeper is no directory. */
const JSON_MAX_DEPTH = 8;

/** A list of objects, an object that holds such lists (read as sheets), or a GeoJSON collection. */
export function readJson(
  text: string,
  encoding: TextEncoding,
  options: ReadTableOptions
): Verdict<Table, TableRefusal> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return refuse('file-unreadable');
  }
  if (isObject(root) && Array.isArray(root['features'])) return readFeatures(root, root['features'], encoding);
  const lists = isObject(root) ? Object.entries(root).filter(([, value]) => isList(value)) : [];
  const chosen = options.sheet === undefined ? lists[0] : lists.find(([name]) => name === options.sheet);
  if (options.sheet !== undefined && !chosen) return refuse('sheet-not-found');
  const list = Array.isArray(root) ? root : (chosen?.[1] as unknown[] | undefined);
  if (!list) return refuse('format-unknown');
  return tableOf(list, {
    format: 'json',
    warnings: [],
    encoding,
    delimiter: null,
    sheet: chosen?.[0] ?? null,
    sheets: lists.map(([name]) => ({ name, hidden: false })),
    declaredSystem: null
  });
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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
