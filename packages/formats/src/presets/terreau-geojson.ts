import { mappingFrom, type Preset } from '../preset.ts';

/** Our own GeoJSON: one feature a place, with the organisation that it belongs to. Services are only named there. */
export const terreauGeojson: Preset = {
  name: 'terreau-geojson',
  label: 'Export de Terreau : GeoJSON',
  labelEn: 'Export of Terreau: GeoJSON',
  describes: 'organization',
  signature: ['organization_id', 'place_id', 'name', 'acronym', 'siret', 'rna', 'themes', 'updated_on'],
  signatureMinPercent: 87,
  uniqueIds: false,
  isOwn: true,
  mappingFor: (table) =>
    mappingFrom(
      {
        source: ['source'],
        sourceId: ['source_id'],
        name: ['name'],
        legalForm: ['legal_form'],
        siret: ['siret'],
        rna: ['rna'],
        website: ['website'],
        email: ['email'],
        themes: ['themes'],
        words: ['words'],
        publics: ['publics'],
        networks: ['networks'],
        sourceUrl: ['source_url'],
        updatedOn: ['updated_on'],
        placeLabel: ['place'],
        address: ['address'],
        addressComplement: ['address_complement'],
        postcode: ['postcode'],
        city: ['city'],
        cityCode: ['city_code'],
        neighbourhood: ['neighbourhood'],
        latitude: ['@latitude'],
        longitude: ['@longitude'],
        openingHours: ['opening_hours'],
        accessibilityUrl: ['accessibility_url']
      },
      table
    ),
  refine: (record, reader) => {
    const { organization } = record;
    if (organization.kind === 'reference') return record;
    const exact = <Property extends string>(columns: Readonly<Record<Property, string>>) =>
      Object.fromEntries(
        Object.entries<string>(columns).map(([property, column]) => [property, reader.cell(column) || null])
      ) as Record<Property, string | null>;
    return {
      ...record,
      organization: { ...organization, ...exact(ORGANIZATION_TEXTS) },
      places: record.places.map((place) => ({
        ...place,
        ...exact(PLACE_TEXTS),
        key: reader.cell('place_id') || place.key
      }))
    };
  }
};

/** Texts that come back as they were shown, with their own spaces: nothing is cleaned twice. */
const ORGANIZATION_TEXTS = {
  id: 'organization_id',
  description: 'description',
  descriptionEn: 'description_en',
  plainDescription: 'plain_description',
  acronym: 'acronym',
  phone: 'phone'
} as const;

const PLACE_TEXTS = {
  label: 'place',
  address: 'address',
  addressComplement: 'address_complement',
  city: 'city',
  accessibility: 'accessibility'
} as const;
