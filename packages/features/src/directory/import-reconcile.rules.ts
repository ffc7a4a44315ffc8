import { createHash } from 'node:crypto';
import type { DirectoryRecord, OrganizationRecord, PlaceRecord } from '@terreau/formats/directory-record';
import type { Id } from '@terreau/kernel/ids';
import { plainStreet } from './duplicate-identity.rules.ts';
import { readName } from './duplicate-names.rules.ts';

/** Source under which our own exports keep our ids, so that they find their sheets again in another territory. */
export const OWN_SOURCE = 'terreau';

/** What tells an organisation of the directory apart. */
export interface KnownOrganization {
  readonly id: Id;
  readonly name: string;
  readonly siret: string | null;
  readonly rna: string | null;
  readonly places: readonly { readonly address: string | null; readonly postcode: string | null }[];
}

/** By what a row found its organisation (`same-file`: an earlier row with the same id or the same words); `null` when it is new. */
export type FoundBy = 'id' | 'source' | 'same-file' | 'siret' | 'rna' | 'name-and-place';

export interface SourceKey {
  readonly source: string;
  readonly sourceId: string;
}

/**
 * The organisations of a territory by everything that identifies them. It grows as the rows of a file are read, so
 * that two rows of one organisation meet. The first that claims a key keeps it.
 */
export class IdentityBook {
  readonly #ids = new Set<Id>();
  readonly #bySource = new Map<string, Id>();
  readonly #bySiret = new Map<string, Id>();
  readonly #byRna = new Map<string, Id>();
  readonly #byName = new Map<string, Id>();

  addKnown(known: KnownOrganization): void {
    this.#ids.add(known.id);
    claim(this.#bySiret, known.siret, known.id);
    claim(this.#byRna, known.rna, known.id);
    for (const key of nameKeys(known.name, known.places)) claim(this.#byName, key, known.id);
  }

  addSource(key: SourceKey, id: Id): void {
    claim(this.#bySource, sourceText(key), id);
  }

  /** `keys`: the row's own id in its source first. */
  find(
    record: OrganizationRecord,
    places: readonly PlaceRecord[],
    keys: readonly SourceKey[]
  ): { id: Id; by: FoundBy } | null {
    if (record.id !== null && this.#ids.has(record.id)) return { id: record.id, by: 'id' };
    for (const key of keys) {
      const id = this.#bySource.get(sourceText(key));
      if (id) return { id, by: 'source' };
    }
    const bySiret = record.siret ? this.#bySiret.get(record.siret) : undefined;
    if (bySiret) return { id: bySiret, by: 'siret' };
    const byRna = record.rna ? this.#byRna.get(record.rna) : undefined;
    if (byRna) return { id: byRna, by: 'rna' };
    for (const key of nameKeys(record.name, places)) {
      const id = this.#byName.get(key);
      if (id) return { id, by: 'name-and-place' };
    }
    return null;
  }

  findReference(id: Id | null, keys: readonly SourceKey[]): Id | null {
    if (id !== null && this.#ids.has(id)) return id;
    for (const key of keys) {
      const found = this.#bySource.get(sourceText(key));
      if (found) return found;
    }
    return null;
  }
}

/** The names by which the row's producer knows the organisation. A row without an id is known by its own words. */
export function sourceKeys(record: DirectoryRecord, fileSource: string): SourceKey[] {
  const { organization } = record;
  const keys: SourceKey[] = [];
  const source = (organization.source ?? fileSource).slice(0, 120);
  if (organization.sourceId) keys.push({ source, sourceId: organization.sourceId.slice(0, 200) });
  if (organization.id) keys.push({ source: OWN_SOURCE, sourceId: organization.id.slice(0, 200) });
  if (keys.length === 0 && organization.kind === 'organization')
    keys.push({ source, sourceId: `row:${wordsHash(organization, record.places[0])}` });
  return keys;
}

/** A key that is the same for two places of one organisation that are one place. */
export function placeKey(place: { readonly address: string | null; readonly postcode: string | null }): string | null {
  const street = place.address ? plainStreet(place.address) : '';
  return street === '' ? null : `${street}|${place.postcode ?? ''}`;
}

function wordsHash(organization: OrganizationRecord, place: PlaceRecord | undefined): string {
  const words = [
    readName(organization.name).words.join(' '),
    organization.siret ?? '',
    place ? (placeKey(place) ?? '') : '',
    place?.cityCode ?? place?.postcode ?? place?.city ?? ''
  ];
  return createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 24);
}

/** Same name and same street, same name and same postcode; same name alone when neither says where it is. */
function nameKeys(
  name: string,
  places: readonly { readonly address: string | null; readonly postcode: string | null }[]
): string[] {
  const plain = readName(name).words.join(' ');
  if (plain === '') return [];
  const keys = new Set<string>();
  for (const place of places) {
    const street = placeKey(place);
    if (street) keys.add(`${plain}@${street}`);
    if (place.postcode) keys.add(`${plain}#${place.postcode}`);
  }
  if (keys.size === 0) keys.add(`${plain}!`);
  return [...keys];
}

function sourceText({ source, sourceId }: SourceKey): string {
  return `${source}\n${sourceId}`;
}

function claim(book: Map<string, Id>, key: string | null, id: Id): void {
  if (key !== null && !book.has(key)) book.set(key, id);
}
