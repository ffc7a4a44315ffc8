import type { DirectoryRecord, OrganizationRecord } from '@terreau/formats/directory-record';
import { newId, type Id } from '@terreau/kernel/ids';
import { readName } from './duplicate-names.rules.ts';
import { IdentityBook, placeKey, sourceKeys, type FoundBy, type SourceKey } from './import-reconcile.rules.ts';
import type { ReportedRow } from './import-report.rules.ts';
import {
  organizationValues,
  placeValues,
  postValues,
  serviceValues,
  type ColumnValues
} from './import-values.rules.ts';

/** A row that holds something, before it is known to whom it belongs. */
export interface IncomingRow {
  readonly reported: ReportedRow;
  readonly record: DirectoryRecord;
  /** Our own export: ids and addresses are believed. */
  readonly trusted: boolean;
}

export interface GroupRow extends IncomingRow {
  readonly by: FoundBy | null;
  readonly keys: readonly SourceKey[];
}

/** All the rows of the file that speak of one organisation. */
export interface Group {
  readonly id: Id;
  readonly isNew: boolean;
  readonly rows: GroupRow[];
}

const GROUPED_BETWEEN_PAUSES_COUNT = 300;

/**
 * Puts rows that speak of one organisation together. `orphans` are services and places whose organisation is nowhere.
 * `pause` is awaited now and then.
 */
export async function groupRows(
  rows: readonly IncomingRow[],
  book: IdentityBook,
  fileSource: string,
  pause: () => Promise<unknown>
): Promise<{ groups: Group[]; orphans: IncomingRow[] }> {
  const groups = new Map<Id, Group>();
  const orphans: IncomingRow[] = [];
  const fresh = new Set<string>();
  // Organisations first: a service may come before its organisation in the file.
  for (const [index, row] of rows.entries()) {
    if (index % GROUPED_BETWEEN_PAUSES_COUNT === 0) await pause();
    if (row.record.organization.kind === 'organization') join(groups, book, row, fileSource, fresh);
  }
  for (const row of rows) {
    const { organization } = row.record;
    if (organization.kind !== 'reference') continue;
    const keys = sourceKeys(row.record, fileSource);
    const id = book.findReference(organization.id, keys);
    if (id === null) orphans.push(row);
    else groupOf(groups, id, false).rows.push({ ...row, by: 'source', keys: [] });
  }
  return { groups: [...groups.values()], orphans };
}

/** `fresh`: keys that earlier rows of this file were the first to bring. */
function join(
  groups: Map<Id, Group>,
  book: IdentityBook,
  row: IncomingRow,
  fileSource: string,
  fresh: Set<string>
): void {
  const record = row.record.organization as OrganizationRecord;
  const keys = sourceKeys(row.record, fileSource);
  const found = book.find(record, row.record.places, keys);
  const id = found?.id ?? newId();
  const isRepeated = found?.by === 'source' && keys.some((key) => fresh.has(JSON.stringify(key)));
  groupOf(groups, id, found === null).rows.push({ ...row, by: isRepeated ? 'same-file' : (found?.by ?? null), keys });
  if (found?.by !== 'source') for (const key of keys) fresh.add(JSON.stringify(key));
  book.addKnown({ id, name: record.name, siret: record.siret, rna: record.rna, places: row.record.places });
  for (const key of keys) book.addSource(key, id);
}

function groupOf(groups: Map<Id, Group>, id: Id, isNew: boolean): Group {
  const known = groups.get(id);
  if (known) return known;
  const made: Group = { id, isNew, rows: [] };
  groups.set(id, made);
  return made;
}

/** What the rows of a group say together: the first statement of a field stands, lists are joined. */
export interface Combined {
  readonly name: string;
  readonly values: Record<string, unknown>;
  readonly isClosed: boolean;
  readonly places: readonly CombinedPlace[];
  readonly services: readonly CombinedService[];
  readonly posts: readonly CombinedPost[];
  readonly dropped: readonly {
    readonly row: GroupRow;
    readonly field: string;
    readonly reason: ColumnValues['dropped'][number]['reason'];
  }[];
}

export interface CombinedPlace {
  readonly row: GroupRow;
  /** Our own id of it, when the file is our export. */
  readonly ownId: Id | null;
  readonly key: string | null;
  readonly values: Record<string, unknown>;
  readonly neighbourhood: string | null;
}

export interface CombinedService {
  readonly row: GroupRow;
  readonly ownId: Id | null;
  readonly source: string | null;
  readonly sourceId: string | null;
  readonly values: Record<string, unknown>;
  /** Positions in `Combined.places`. */
  readonly places: readonly number[];
}

export interface CombinedPost {
  readonly row: GroupRow;
  readonly ownId: Id | null;
  readonly values: Record<string, unknown>;
}

export function combine(group: Group, fileSource: string): Combined {
  const first = group.rows.find((row) => row.record.organization.kind === 'organization');
  const head = first?.record.organization as OrganizationRecord | undefined;
  const gathering = new Gathering(head ?? null, fileSource);
  for (const row of group.rows) gathering.add(row);
  return gathering.finish();
}

class Gathering {
  readonly #head: OrganizationRecord | null;
  readonly #fileSource: string;
  readonly #values: Record<string, unknown> = {};
  readonly #places: CombinedPlace[] = [];
  readonly #services: CombinedService[] = [];
  readonly #posts: CombinedPost[] = [];
  /** Where each place stands by its key in the file, for services that come on lines of their own. */
  readonly #byKey = new Map<string, number>();
  readonly #dropped: Combined['dropped'][number][] = [];
  #isClosed = false;

  constructor(head: OrganizationRecord | null, fileSource: string) {
    this.#head = head;
    this.#fileSource = fileSource;
  }

  add(row: GroupRow): void {
    const { organization, places, services, posts } = row.record;
    if (organization.kind === 'organization') {
      this.#merge(this.#read(row, organizationValues(organization, row.trusted)));
      if (organization.status === 'closed') this.#isClosed = true;
    }
    const positions = new Map(places.map((place) => [place.key, this.#addPlace(row, place)]));
    for (const [key, position] of positions) this.#byKey.set(key, position);
    for (const service of services) {
      this.#services.push({
        row,
        ownId: row.trusted ? service.key : null,
        source:
          service.sourceId === null ? null : (service.source ?? organization.source ?? this.#fileSource).slice(0, 120),
        sourceId: service.sourceId?.slice(0, 200) ?? null,
        values: this.#read(row, serviceValues(service, this.#head, row.trusted)),
        places: service.placeKeys.flatMap((key) => positions.get(key) ?? this.#byKey.get(key) ?? [])
      });
    }
    for (const post of posts) {
      const values = this.#read(row, postValues(post));
      if (values['kind'] !== undefined) this.#posts.push({ row, ownId: row.trusted ? post.key : null, values });
    }
  }

  finish(): Combined {
    return {
      name: this.#head?.name ?? '',
      values: this.#values,
      isClosed: this.#isClosed,
      places: this.#places,
      services: this.#services,
      posts: this.#posts,
      dropped: this.#dropped
    };
  }

  #addPlace(row: GroupRow, place: DirectoryRecord['places'][number]): number {
    const key = placeKey(place);
    const same = this.#places.findIndex((other) => !row.trusted && isSamePlace(other, place, key));
    if (same !== -1) return same;
    const values = this.#read(row, placeValues(place));
    const label = values['label'] ?? this.#otherName(row);
    this.#places.push({
      row,
      ownId: row.trusted ? place.key : null,
      key,
      values: label === undefined ? values : { ...values, label },
      neighbourhood: place.neighbourhood
    });
    return this.#places.length - 1;
  }

  /** A second row of the same SIRET often is a second site with its own name. */
  #otherName(row: GroupRow): string | undefined {
    const { organization } = row.record;
    if (organization.kind !== 'organization' || !this.#head) return undefined;
    const same = readName(organization.name).joined === readName(this.#head.name).joined;
    return same ? undefined : organization.name.slice(0, 200);
  }

  #merge(values: Record<string, unknown>): void {
    for (const [field, value] of Object.entries(values)) {
      const known = this.#values[field];
      if (known === undefined) this.#values[field] = value;
      else if (Array.isArray(known) && Array.isArray(value))
        this.#values[field] = [...new Set([...known, ...value])].slice(0, LIST_MAX_COUNT);
    }
  }

  #read(row: GroupRow, read: ColumnValues): Record<string, unknown> {
    for (const { field, reason } of read.dropped) this.#dropped.push({ row, field, reason });
    return read.values;
  }
}

/** As the database's checks. */
const LIST_MAX_COUNT = 30;

function isSamePlace(
  place: CombinedPlace,
  other: {
    readonly latitude: number | null;
    readonly longitude: number | null;
    readonly postcode: string | null;
    readonly city: string | null;
  },
  key: string | null
): boolean {
  if (place.key !== null || key !== null) return place.key === key;
  if (other.latitude !== null || place.values['latitude'] !== undefined)
    return place.values['latitude'] === other.latitude && place.values['longitude'] === other.longitude;
  return (
    place.values['postcode'] === (other.postcode ?? undefined) && place.values['city'] === (other.city ?? undefined)
  );
}
