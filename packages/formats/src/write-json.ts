import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { blankOrganization, blankPlace, blankService } from './directory-record.ts';
import type { DirectoryExport, DirectoryRecord } from './directory-record.ts';
import { soundRecord, type DroppedValue } from './sound-record.ts';

const FORMAT = 'terreau-directory';
const FORMAT_VERSION = 1;

/** Records of one file; more belong to a backup, not to an exchange. */
export const DIRECTORY_MAX_RECORDS = 200_000;

/** The whole directory as JSON, read back without loss by {@link readDirectoryJson}. */
export function writeDirectoryJson(data: DirectoryExport): string {
  return JSON.stringify({ format: FORMAT, version: FORMAT_VERSION, ...data });
}

export interface ReadDirectory {
  readonly title: string;
  readonly source: string;
  readonly exportedOn: string;
  readonly records: readonly ReadDirectoryRecord[];
}

/** `record` is null when the entry has no organisation with a name. */
export interface ReadDirectoryRecord {
  readonly record: DirectoryRecord | null;
  readonly dropped: readonly DroppedValue[];
}

export type ReadDirectoryRefusal = 'file-unreadable' | 'format-unknown' | 'version-unknown' | 'rows-too-many';

/** Reads our own JSON export; every property is checked, nothing that we do not write is let in. */
export function readDirectoryJson(text: string): Verdict<ReadDirectory, ReadDirectoryRefusal> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return refuse('file-unreadable');
  }
  if (!isObject(root) || root['format'] !== FORMAT || !Array.isArray(root['records'])) return refuse('format-unknown');
  if (root['version'] !== FORMAT_VERSION) return refuse('version-unknown');
  if (root['records'].length > DIRECTORY_MAX_RECORDS)
    return refuse('rows-too-many', { maxRows: DIRECTORY_MAX_RECORDS });
  return accept({
    title: textOf(root['title']),
    source: textOf(root['source']),
    exportedOn: textOf(root['exportedOn']),
    records: root['records'].map(readEntry)
  });
}

function readEntry(entry: unknown): ReadDirectoryRecord {
  const organization = isObject(entry) ? like(blankOrganization(''), entry['organization']) : null;
  if (!isObject(entry) || !organization || organization.name === '') return { record: null, dropped: [] };
  return soundRecord({
    organization,
    places: listOf(entry['places']).map((place) => like(blankPlace(''), place)),
    services: listOf(entry['services']).map((service) => like(blankService('', ''), service))
  });
}

const NUMBERS = new Set(['latitude', 'longitude', 'weeklyHours', 'weeks']);

/** The known properties of `value`, each only if of its kind; the rest as in `blank`. */
function like<Shape extends object>(blank: Shape, value: unknown): Shape {
  if (!isObject(value)) return blank;
  const shape = { ...blank } as Record<string, unknown>;
  for (const [property, initial] of Object.entries(blank)) {
    const given = value[property];
    if (property === 'kind' && initial === 'organization') continue;
    if (Array.isArray(initial)) shape[property] = listOf(given).filter((item) => typeof item === 'string');
    else if (NUMBERS.has(property))
      shape[property] = typeof given === 'number' && Number.isFinite(given) ? given : null;
    else if (typeof given === 'string') shape[property] = given;
  }
  return shape as Shape;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
