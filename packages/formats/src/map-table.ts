import { readNumber, readsAsHours, readText } from './cells.ts';
import {
  declaredSystem,
  guessSystem,
  toPosition,
  type GuessedSystem,
  type Pair,
  type Position
} from './coordinates.ts';
import { FEES, MOBILIZATION_MODES, MOBILIZERS, NETWORKS, PUBLICS } from './data-inclusion/vocabulary.ts';
import { RECEPTION_MODES, SERVICE_KINDS, THEMES } from './data-inclusion/vocabulary.ts';
import { blankOrganization, blankPlace, blankService } from './directory-record.ts';
import type {
  DirectoryRecord,
  MappedRow,
  OrganizationRecord,
  OrganizationReference,
  PlaceRecord,
  ProblemReason,
  ServiceRecord
} from './directory-record.ts';
import type { ColumnMapping } from './fields.ts';
import type { Preset } from './preset.ts';
import type { Table } from './read-table.ts';
import { LONG_TEXT_MAX_CHARACTERS, NAME_MAX_CHARACTERS, RowReader, TEXT_MAX_CHARACTERS } from './row-reader.ts';

/** Every row of the file, in its order: a record or the reason why there is none. */
export interface MappedTable {
  readonly rows: readonly MappedRow[];
  /** System in which the file gives its positions; null when it has none or cannot be told. */
  readonly system: GuessedSystem | null;
}

/** Reads each row through `mapping`, then lets the preset add what columns alone cannot say. No row stops another. */
export function mapTable(table: Table, preset: Preset, mapping: ColumnMapping = preset.mappingFor(table)): MappedTable {
  const indexes = new Map(table.columns.map((column, index) => [column, index]));
  const readers = table.rows.map((row) => new RowReader(row.row, row.cells, indexes, mapping));
  const located = locate(table, readers, mapping);
  const seen = new Set<string>();
  const rows = readers.map((reader, index) => {
    const record = reader.rejected ? null : readRecord(reader, preset, located.positions[index] ?? null, seen);
    return { row: reader.row, record: reader.rejected ? null : record, problems: reader.problems };
  });
  return { rows, system: located.system };
}

function readRecord(
  reader: RowReader,
  preset: Preset,
  position: Position | null,
  seen: Set<string>
): DirectoryRecord | null {
  const refusal = preset.refuseRow?.(reader);
  if (refusal) {
    reader.note(refusal.column, refusal.reason, 'rejects-row');
    return null;
  }
  if (preset.readWhole) return preset.readWhole(reader);
  const place = readPlace(reader, preset, position);
  const organization = preset.describes === 'service' ? readReference(reader) : readOrganization(reader);
  if (organization) refuseRepeatedId(reader, preset, seen);
  if (organization === null || reader.rejected) return null;
  const service = readService(reader, preset, organization, place);
  const plain = { organization, places: place ? [place] : [], services: service ? [service] : [], posts: [] };
  return reader.rejected ? null : (preset.refine?.(plain, reader) ?? plain);
}

function readOrganization(reader: RowReader): OrganizationRecord | null {
  const name = reader.joined('name', ' ', LONG_TEXT_MAX_CHARACTERS);
  if (name === null) {
    reader.note(reader.raw('name').column, 'name-missing', 'rejects-row');
    return null;
  }
  if (name.length < 2 || !/[\p{L}\p{N}]/u.test(name)) {
    reader.note(reader.raw('name').column, 'name-too-short', 'rejects-row');
    return null;
  }
  if (name.length > NAME_MAX_CHARACTERS) reader.note(reader.raw('name').column, 'name-too-long', 'notice');
  return {
    ...blankOrganization(name.slice(0, NAME_MAX_CHARACTERS).trim()),
    source: reader.text('source'),
    sourceId: reader.text('sourceId'),
    acronym: reader.text('acronym'),
    legalForm: reader.text('legalForm'),
    siret: reader.siret(),
    rna: reader.rna(),
    description: reader.joined('description', '\n', LONG_TEXT_MAX_CHARACTERS),
    website: reader.url('website'),
    phone: reader.phone('phone'),
    email: reader.email('email'),
    themes: reader.codes('themes', THEMES),
    words: reader.words('words'),
    publics: reader.codes('publics', PUBLICS),
    networks: reader.codes('networks', NETWORKS),
    sourceUrl: reader.url('sourceUrl'),
    updatedOn: reader.date('updatedOn')
  };
}

/** A row that only carries a service names its organisation by its id in the same source. */
function readReference(reader: RowReader): OrganizationReference | null {
  const sourceId = reader.text('sourceId');
  if (sourceId === null) {
    reader.note(reader.raw('sourceId').column, 'organization-missing', 'rejects-row');
    return null;
  }
  return { kind: 'reference', id: null, source: reader.text('source'), sourceId };
}

/** Two rows with one id cannot both be right: the first stands, the second is refused. */
function refuseRepeatedId(reader: RowReader, preset: Preset, seen: Set<string>): void {
  const field = preset.describes === 'service' ? 'service.sourceId' : 'sourceId';
  const id = reader.text(field);
  if (id === null || !preset.uniqueIds) return;
  const key = `${reader.text('source') ?? ''}\n${id}`;
  if (seen.has(key)) reader.note(reader.raw(field).column, 'id-duplicated', 'rejects-row');
  seen.add(key);
}

/** Null when the row says nothing of where. */
function readPlace(reader: RowReader, preset: Preset, position: Position | null): PlaceRecord | null {
  const place: PlaceRecord = {
    ...blankPlace(preset.describes === 'service' ? (reader.text('service.sourceId') ?? '1') : '1'),
    label: reader.text('placeLabel'),
    address: reader.joined('address', ' ', TEXT_MAX_CHARACTERS),
    addressComplement: reader.joined('addressComplement', ' ', TEXT_MAX_CHARACTERS),
    postcode: reader.postcode(),
    city: reader.text('city'),
    cityCode: reader.cityCode(),
    neighbourhood: reader.text('neighbourhood'),
    latitude: position?.latitude ?? null,
    longitude: position?.longitude ?? null,
    openingHours: reader.text('openingHours'),
    openingHoursNote: reader.text('openingHoursNote'),
    accessibilityUrl: reader.url('accessibilityUrl')
  };
  const { key: _key, ...said } = place;
  return Object.values(said).some((value) => value !== null) ? withReadableHours(reader, place) : null;
}

/** Hours in words ("du lundi au vendredi") are kept as a note: they are not OSM syntax, and nothing can be computed from them. */
function withReadableHours(reader: RowReader, place: PlaceRecord): PlaceRecord {
  if (place.openingHours === null || readsAsHours(place.openingHours)) return place;
  reader.note(reader.raw('openingHours').column, 'opening-hours-malformed', 'notice');
  const note = [place.openingHours, place.openingHoursNote].filter((text) => text !== null).join('\n');
  return { ...place, openingHours: null, openingHoursNote: note };
}

function readService(
  reader: RowReader,
  preset: Preset,
  organization: OrganizationRecord | OrganizationReference,
  place: PlaceRecord | null
): ServiceRecord | null {
  const name = reader.text('service.name');
  if (name === null) {
    if (preset.describes === 'service') reader.note(reader.raw('service.name').column, 'name-missing', 'rejects-row');
    return null;
  }
  const sourceId = reader.text('service.sourceId');
  return {
    ...blankService(sourceId ?? '1', name.slice(0, NAME_MAX_CHARACTERS)),
    source: organization.source,
    sourceId,
    description: reader.joined('service.description', '\n', LONG_TEXT_MAX_CHARACTERS),
    kind: reader.code('service.kind', SERVICE_KINDS),
    themes: reader.codes('service.themes', THEMES),
    fee: reader.code('service.fee', FEES),
    feeDetails: reader.text('service.feeDetails'),
    publics: reader.codes('service.publics', PUBLICS),
    publicsDetails: reader.text('service.publicsDetails'),
    accessConditions: reader.text('service.accessConditions'),
    phone: reader.phone('service.phone'),
    email: reader.email('service.email'),
    contactName: reader.text('service.contactName'),
    receptionModes: reader.codes('service.receptionModes', RECEPTION_MODES),
    mobilizationModes: reader.codes('service.mobilizationModes', MOBILIZATION_MODES),
    mobilizationUrl: reader.url('service.mobilizationUrl'),
    mobilizationDetails: reader.text('service.mobilizationDetails'),
    mobilizableBy: reader.codes('service.mobilizableBy', MOBILIZERS),
    eligibilityZone: reader.words('service.eligibilityZone'),
    weeklyHours: reader.number('service.weeklyHours'),
    weeks: reader.number('service.weeks'),
    openingHours: reader.text('service.openingHours'),
    sourceUrl: reader.url('service.sourceUrl'),
    updatedOn: reader.date('service.updatedOn'),
    placeKeys: place ? [place.key] : []
  };
}

interface Located {
  readonly system: GuessedSystem | null;
  readonly positions: readonly (Position | null)[];
}

/** The whole file decides the system, then each row is placed, or noted and left without a place. */
function locate(table: Table, readers: readonly RowReader[], mapping: ColumnMapping): Located {
  const pairs = readers.map((reader) => readPair(reader));
  const guessed = systemOf(table, mapping, pairs);
  const positions = readers.map((reader, index) => {
    const pair = pairs[index] ?? null;
    if (pair === null) return null;
    const position = typeof guessed === 'string' ? null : placePair(reader, pair, guessed);
    if (position === null) reader.note(columnOfPosition(mapping), refusalOf(guessed), 'drops-value', shownPair(pair));
    return position;
  });
  return { system: typeof guessed === 'string' ? null : guessed, positions };
}

function refusalOf(guessed: GuessedSystem | ProblemReason): ProblemReason {
  return typeof guessed === 'string' ? guessed : 'coordinates-outside-france';
}

function systemOf(
  table: Table,
  mapping: ColumnMapping,
  pairs: readonly (Pair | null)[]
): GuessedSystem | ProblemReason {
  const names = [...(mapping.columns.longitude ?? []), ...(mapping.columns.latitude ?? [])];
  const declared = [table.declaredSystem ?? '', ...names].map(declaredSystem).find((system) => system !== null);
  const known = pairs.filter((pair) => pair !== null);
  if (declared) {
    const stated: GuessedSystem = { system: declared, swapped: false };
    // What a file declares is believed only while its positions agree.
    if (known.some((pair) => toPosition(pair, stated) !== null)) return stated;
  }
  const guessed = guessSystem(known);
  if (guessed.ok) return guessed.value;
  return guessed.code === 'coordinates-ambiguous' ? 'coordinates-ambiguous' : 'coordinates-unknown-system';
}

/** In degrees a pair given the other way round falls nowhere in France: a single swapped row can be put right. */
function placePair(reader: RowReader, pair: Pair, guessed: GuessedSystem): Position | null {
  const position = toPosition(pair, guessed);
  if (position !== null || guessed.system !== 'wgs84') return position;
  const swapped = toPosition(pair, { system: 'wgs84', swapped: !guessed.swapped });
  if (swapped !== null) reader.note(reader.raw('longitude').column, 'coordinates-swapped', 'notice');
  return swapped;
}

/** Both numbers, or null; one alone, or letters, are noted. Zero and zero is a way of writing "unknown". */
function readPair(reader: RowReader): Pair | null {
  const joined = readText(reader.raw('latitudeLongitude').value);
  if (joined !== null) return readJoinedPair(reader, joined);
  const longitude = reader.raw('longitude');
  const latitude = reader.raw('latitude');
  const x = readNumber(longitude.value);
  const y = readNumber(latitude.value);
  if (x.reason || y.reason) {
    reader.note(x.reason ? longitude.column : latitude.column, 'coordinates-malformed', 'drops-value');
    return null;
  }
  if ((x.value === null) !== (y.value === null)) {
    reader.note(x.value === null ? longitude.column : latitude.column, 'coordinates-incomplete', 'drops-value');
    return null;
  }
  if (x.value === null || y.value === null || (x.value === 0 && y.value === 0)) return null;
  return { x: x.value, y: y.value };
}

/** `43.61, 3.87` as portals of open data export it: latitude first. */
function readJoinedPair(reader: RowReader, text: string): Pair | null {
  const match = /^[[(]?\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*[\])]?$/.exec(text);
  if (match) return { x: Number(match[2]), y: Number(match[1]) };
  reader.note(reader.raw('latitudeLongitude').column, 'coordinates-malformed', 'drops-value');
  return null;
}

function columnOfPosition(mapping: ColumnMapping): string {
  return mapping.columns.longitude?.[0] ?? mapping.columns.latitudeLongitude?.[0] ?? '';
}

function shownPair(pair: Pair): string {
  return `${pair.x}, ${pair.y}`;
}
