import { directoryDataInclusion } from './data-inclusion/data-inclusion.ts';
import type { DirectoryExport, OrganizationRecord, PlaceRecord, ServiceRecord } from './directory-record.ts';

/** What an exchange format had no place for: how many sheets said it. */
export interface LeftOutField {
  readonly of: 'organization' | 'place' | 'service' | 'post';
  /** Property of the record; `*` for whole entries. */
  readonly field: string;
  readonly count: number;
}

/** Formats that do not hold all that a sheet says; CSV, XLSX and our own JSON do. */
export type ExchangeFormat = 'geojson' | 'data-inclusion' | 'hsds';

/** What `format` leaves out of this export, field by field, with counts. */
export function leftOut(format: ExchangeFormat, data: DirectoryExport): LeftOutField[] {
  const counts = new Map<string, LeftOutField>();
  const add = (of: LeftOutField['of'], field: string) => {
    const key = `${of}.${field}`;
    counts.set(key, { of, field, count: (counts.get(key)?.count ?? 0) + 1 });
  };
  const held = HELD[format];
  for (const record of data.records) {
    for (const field of said(record.organization, held.organization)) add('organization', field);
    for (const [position, place] of record.places.entries()) {
      if (held.onePlace && position > 0) add('place', '*');
      else for (const field of said(place, held.place)) add('place', field);
    }
    for (const service of record.services) {
      if (held.service === null) add('service', '*');
      else for (const field of said(service, held.service)) add('service', field);
    }
    record.posts.forEach(() => add('post', '*'));
  }
  if (format === 'data-inclusion')
    for (const { kind, field } of directoryDataInclusion(data).left) {
      add(kind === 'structure' ? 'organization' : 'service', field);
    }
  return [...counts.values()];
}

interface Held {
  readonly organization: readonly (keyof OrganizationRecord)[];
  readonly place: readonly (keyof PlaceRecord)[];
  /** Null: services are at most named. */
  readonly service: readonly (keyof ServiceRecord)[] | null;
  /** The format knows one address for an organisation. */
  readonly onePlace: boolean;
}

/** Properties that say nothing of the world, or that every format implies. */
const IMPLIED = ['id', 'key', 'status'];

const HELD: Readonly<Record<ExchangeFormat, Held>> = {
  geojson: {
    organization: [
      'kind',
      'source',
      'sourceId',
      'name',
      'acronym',
      'legalForm',
      'siret',
      'rna',
      'description',
      'descriptionEn',
      'plainDescription',
      'website',
      'phone',
      'email',
      'themes',
      'words',
      'publics',
      'networks',
      'sourceUrl',
      'updatedOn'
    ],
    place: [
      'label',
      'address',
      'addressComplement',
      'postcode',
      'city',
      'cityCode',
      'neighbourhood',
      'latitude',
      'longitude',
      'openingHours',
      'accessibility',
      'accessibilityUrl'
    ],
    service: null,
    onePlace: false
  },
  'data-inclusion': {
    organization: [
      'kind',
      'name',
      'siret',
      'description',
      'website',
      'phone',
      'email',
      'networks',
      'sourceUrl',
      'updatedOn'
    ],
    place: [
      'address',
      'addressComplement',
      'postcode',
      'city',
      'cityCode',
      'latitude',
      'longitude',
      'openingHours',
      'accessibilityUrl'
    ],
    service: [
      'name',
      'description',
      'kind',
      'themes',
      'fee',
      'feeDetails',
      'publics',
      'publicsDetails',
      'accessConditions',
      'phone',
      'email',
      'contactName',
      'receptionModes',
      'mobilizationModes',
      'mobilizationUrl',
      'mobilizationDetails',
      'mobilizableBy',
      'eligibilityZone',
      'weeklyHours',
      'weeks',
      'openingHours',
      'sourceUrl',
      'updatedOn',
      'placeKeys'
    ],
    onePlace: true
  },
  hsds: {
    organization: [
      'kind',
      'name',
      'acronym',
      'legalForm',
      'siret',
      'rna',
      'description',
      'website',
      'phone',
      'email',
      'themes',
      'updatedOn'
    ],
    place: ['label', 'address', 'addressComplement', 'postcode', 'city', 'latitude', 'longitude', 'openingHours'],
    service: [
      'name',
      'description',
      'themes',
      'fee',
      'feeDetails',
      'publicsDetails',
      'phone',
      'email',
      'mobilizationUrl',
      'mobilizationDetails',
      'openingHours',
      'updatedOn',
      'placeKeys'
    ],
    onePlace: false
  }
};

/** Properties of `shape` that hold something and that the format does not. */
function said(shape: object, held: readonly string[]): string[] {
  return Object.entries(shape).flatMap(([property, value]) => {
    const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    return isEmpty || held.includes(property) || IMPLIED.includes(property) ? [] : [property];
  });
}
