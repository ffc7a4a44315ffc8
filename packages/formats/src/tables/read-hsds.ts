import { readsAsHours } from '../cells.ts';
import { FEES, isCodeOf, type FeeCode } from '../data-inclusion/vocabulary.ts';
import {
  blankOrganization,
  blankPlace,
  blankService,
  type OrganizationRecord,
  type PlaceRecord,
  type ServiceRecord
} from '../directory-record.ts';
import { tabularLines } from '../tabular-export.ts';
import { isObject, listOf, textOf } from './json-values.ts';

type Entity = Record<string, unknown>;

/** Column that tells the lines of an HSDS document from those of our own export: the version that it declares. */
export const HSDS_COLUMN = 'hsds_version';

/** Whether a JSON document is shaped as HSDS 3: organisations beside the services or the locations that point to them. */
export function isHsds(root: unknown): root is Entity {
  if (!isObject(root) || typeof root['version'] !== 'string') return false;
  return Array.isArray(root['organizations']) && (Array.isArray(root['services']) || Array.isArray(root['locations']));
}

/** The organisations of the document with their services and locations, as lines of our own table. Links are followed by id. */
export function hsdsLines(root: Entity): string[][] {
  const themes = new Map(
    entities(root['taxonomy_terms']).map((term) => [textOf(term['id']), textOf(term['code'])] as const)
  );
  const locations = entities(root['locations']);
  const services = entities(root['services']);
  const locationsById = new Map(locations.map((location) => [textOf(location['id']), location]));
  const servicesOf = Map.groupBy(services, (service) => ownerOf(service));
  const locationsOf = Map.groupBy(locations, (location) => ownerOf(location));
  const records = entities(root['organizations']).map((entity) => {
    const id = textOf(entity['id']) ?? '';
    const organization = organizationOf(entity, id, themes);
    const offered = (servicesOf.get(id) ?? []).map((service) => serviceOf(service, themes));
    const pointed = offered.flatMap(({ placeKeys }) => placeKeys.map((key) => locationsById.get(key)).filter(isObject));
    const places = [...new Set([...(locationsOf.get(id) ?? []), ...pointed])];
    return {
      organization,
      places: places.map(placeOf),
      services: offered,
      posts: []
    };
  });
  return tabularLines({ records });
}

function organizationOf(
  entity: Entity,
  id: string,
  themes: ReadonlyMap<string | null, string | null>
): OrganizationRecord & { id: string } {
  const name = textOf(entity['name']) ?? '';
  const identifiers = new Map(
    entities(entity['organization_identifiers']).map((one) => [
      textOf(one['identifier_scheme']),
      textOf(one['identifier'])
    ])
  );
  const description = textOf(entity['description']);
  return {
    ...blankOrganization(name),
    id,
    sourceId: id === '' ? null : id,
    acronym: textOf(entity['alternate_name']),
    legalForm: textOf(entity['legal_status']),
    siret: identifiers.get('FR-SIRET') ?? null,
    rna: identifiers.get('FR-RNA') ?? null,
    // HSDS demands a description: a name given twice says nothing.
    description: description === name ? null : description,
    website: textOf(entity['website']),
    phone: phoneOf(entity),
    email: textOf(entity['email']),
    themes: themesOf(entity, themes),
    updatedOn: textOf(entity['assured_date'])
  };
}

function serviceOf(entity: Entity, themes: ReadonlyMap<string | null, string | null>): ServiceRecord {
  const id = textOf(entity['id']) ?? '';
  const fees = textOf(entity['fees_description']);
  const option = textOf(entities(entity['cost_options'])[0]?.['option']);
  return {
    ...blankService(id, textOf(entity['name']) ?? ''),
    sourceId: id === '' ? null : id,
    description: textOf(entity['description']),
    mobilizationUrl: textOf(entity['url']),
    email: textOf(entity['email']),
    phone: phoneOf(entity),
    publicsDetails: textOf(entity['eligibility_description']),
    mobilizationDetails: textOf(entity['application_process']),
    fee: isCodeOf(FEES, option ?? '') ? (option as FeeCode) : fees === 'Gratuit' ? 'gratuit' : null,
    feeDetails: fees === 'Gratuit' ? null : fees,
    themes: themesOf(entity, themes),
    openingHours: hoursOf(entity),
    updatedOn: textOf(entity['assured_date']),
    placeKeys: entities(entity['service_at_locations']).flatMap((at) => textOf(at['location_id']) ?? [])
  };
}

function placeOf(entity: Entity): PlaceRecord {
  const [address] = entities(entity['addresses']);
  const { latitude, longitude } = entity;
  const isPlaced = typeof latitude === 'number' && typeof longitude === 'number';
  return {
    ...blankPlace(textOf(entity['id']) ?? ''),
    label: textOf(entity['name']),
    address: textOf(address?.['address_1']),
    addressComplement: textOf(address?.['address_2']),
    postcode: textOf(address?.['postal_code']),
    city: textOf(address?.['city']),
    latitude: isPlaced ? latitude : null,
    longitude: isPlaced ? longitude : null,
    openingHours: hoursOf(entity)
  };
}

/** The organisation that an entity belongs to, named by its id or given whole. */
function ownerOf(entity: Entity): string {
  const { organization } = entity;
  return textOf(entity['organization_id']) ?? (isObject(organization) ? textOf(organization['id']) : null) ?? '';
}

function themesOf(entity: Entity, themes: ReadonlyMap<string | null, string | null>): ServiceRecord['themes'] {
  const codes = entities(entity['attributes']).flatMap(
    (attribute) => themes.get(textOf(attribute['taxonomy_term_id'])) ?? []
  );
  // Codes of other taxonomies are dropped, and said, when the line is read.
  return codes as ServiceRecord['themes'][number][];
}

function phoneOf(entity: Entity): string | null {
  return textOf(entities(entity['phones'])[0]?.['number']);
}

/** Hours are kept when they can be computed. */
function hoursOf(entity: Entity): string | null {
  const text = textOf(entities(entity['schedules'])[0]?.['description']);
  return text !== null && readsAsHours(text) ? text : null;
}

function entities(value: unknown): Entity[] {
  return listOf(value).filter(isObject);
}
