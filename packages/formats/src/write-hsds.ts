import { createHash } from 'node:crypto';
import { THEMES } from './data-inclusion/vocabulary.ts';
import type { DirectoryExport, ExportedRecord, PlaceRecord, ServiceRecord } from './directory-record.ts';

/**
 * The directory in the shape of HSDS 3: services with their organisation, their locations and their taxonomy terms.
 * Ids are UUIDs: ours when they are, else derived from them (version 8), so that two exports agree.
 */
export function directoryHsds(data: DirectoryExport): HsdsDocument {
  const used = new Set(
    data.records.flatMap(({ organization, services }) => [
      ...organization.themes,
      ...services.flatMap((service) => service.themes)
    ])
  );
  return {
    version: '3.0',
    organizations: data.records.map((record) => organizationOf(record)),
    services: data.records.flatMap((record) => record.services.map((service) => serviceOf(record, service))),
    locations: data.records.flatMap((record) => record.places.map((place) => locationOf(record, place))),
    taxonomy_terms: THEMES.filter((theme) => used.has(theme.code)).map((theme) => ({
      id: uuidOf(`theme/${theme.code}`),
      code: theme.code,
      name: theme.label,
      description: theme.label,
      taxonomy: 'data·inclusion'
    }))
  };
}

export interface HsdsDocument {
  readonly version: '3.0';
  readonly organizations: readonly HsdsEntity[];
  readonly services: readonly HsdsEntity[];
  readonly locations: readonly HsdsEntity[];
  readonly taxonomy_terms: readonly HsdsEntity[];
}

/** Properties as HSDS names them; absent ones are left out. */
export type HsdsEntity = Readonly<Record<string, unknown>> & { readonly id: string };

export function writeHsds(document: HsdsDocument): string {
  return JSON.stringify(document);
}

function organizationOf({ organization }: ExportedRecord): HsdsEntity {
  return said({
    id: uuidOf(organization.id),
    name: organization.name,
    alternate_name: organization.acronym,
    description: organization.description ?? organization.name,
    email: organization.email,
    website: organization.website,
    legal_status: organization.legalForm,
    organization_identifiers: identifiersOf(organization),
    phones:
      organization.phone === null ? null : [{ id: uuidOf(`${organization.id}/phone`), number: organization.phone }],
    assured_date: organization.updatedOn,
    attributes: themesOf(uuidOf(organization.id), 'organization', organization.themes)
  });
}

function identifiersOf(organization: ExportedRecord['organization']) {
  const schemes = [
    { scheme: 'FR-SIRET', identifier: organization.siret },
    { scheme: 'FR-RNA', identifier: organization.rna }
  ];
  const known = schemes.filter(({ identifier }) => identifier !== null);
  return known.map(({ scheme, identifier }) => ({
    id: uuidOf(`${organization.id}/${scheme}`),
    identifier_scheme: scheme,
    identifier_type: scheme,
    identifier
  }));
}

function serviceOf({ organization, places }: ExportedRecord, service: ServiceRecord): HsdsEntity {
  const id = uuidOf(service.key, organization.id);
  const at = places.filter((place) => service.placeKeys.includes(place.key));
  return said({
    id,
    organization_id: uuidOf(organization.id),
    name: service.name,
    description: service.description,
    status: 'active',
    url: service.mobilizationUrl ?? service.sourceUrl,
    email: service.email,
    eligibility_description: service.publicsDetails,
    application_process: service.mobilizationDetails,
    fees_description: service.feeDetails ?? (service.fee === 'gratuit' ? 'Gratuit' : null),
    cost_options: service.fee === null ? null : [{ id: uuidOf(`${id}/fee`), option: service.fee }],
    assured_date: service.updatedOn,
    phones: service.phone === null ? null : [{ id: uuidOf(`${id}/phone`), number: service.phone }],
    schedules:
      service.openingHours === null ? null : [{ id: uuidOf(`${id}/schedule`), description: service.openingHours }],
    service_at_locations: at.map((place) => ({
      id: uuidOf(`${id}/${place.key}`),
      location_id: uuidOf(place.key, organization.id)
    })),
    attributes: themesOf(id, 'service', service.themes)
  });
}

function themesOf(id: string, entity: 'organization' | 'service', themes: readonly string[]) {
  return themes.map((theme) => ({
    id: uuidOf(`${id}/${theme}`),
    link_id: id,
    link_entity: entity,
    taxonomy_term_id: uuidOf(`theme/${theme}`)
  }));
}

function locationOf({ organization }: ExportedRecord, place: PlaceRecord): HsdsEntity {
  const id = uuidOf(place.key, organization.id);
  return said({
    id,
    organization_id: uuidOf(organization.id),
    location_type: 'physical',
    name: place.label,
    latitude: place.latitude,
    longitude: place.longitude,
    addresses:
      place.address === null && place.city === null
        ? null
        : [
            said({
              id: uuidOf(`${id}/address`),
              address_1: place.address ?? '',
              address_2: place.addressComplement,
              city: place.city ?? '',
              state_province: '',
              postal_code: place.postcode ?? '',
              country: 'FR',
              address_type: 'physical'
            })
          ],
    schedules: place.openingHours === null ? null : [{ id: uuidOf(`${id}/schedule`), description: place.openingHours }]
  });
}

function said(entity: Record<string, unknown> & { id: string }): HsdsEntity {
  const kept = Object.entries(entity).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)
  );
  return Object.fromEntries(kept) as HsdsEntity;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id itself when it is a UUID; else one derived from it, within its organisation where keys repeat. */
function uuidOf(id: string, within = ''): string {
  if (UUID.test(id)) return id;
  const bytes = createHash('sha256').update(`terreau\n${within}\n${id}`).digest().subarray(0, 16);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
