import type { DirectoryExport } from './directory-record.ts';

export interface Feature {
  readonly type: 'Feature';
  readonly id?: string;
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Coordinates }
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };

/** Longitude, latitude, in WGS84 degrees. */
export type Coordinates = readonly [number, number];
export type Ring = readonly Coordinates[];

export interface FeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature[];
}

/** Seven decimals are a centimetre on the ground (RFC 7946, 11.2). */
const DECIMALS = 7;

/** One feature a place (RFC 7946: WGS84, longitude first, no `crs`); an organisation without a position has no geometry. */
export function directoryFeatures(data: DirectoryExport): FeatureCollection {
  const features = data.records.flatMap(({ organization, places, services }): Feature[] => {
    const common = {
      organization_id: organization.id,
      source: organization.source,
      source_id: organization.sourceId,
      name: organization.name,
      acronym: organization.acronym,
      legal_form: organization.legalForm,
      siret: organization.siret,
      rna: organization.rna,
      description: organization.description,
      description_en: organization.descriptionEn,
      plain_description: organization.plainDescription,
      website: organization.website,
      phone: organization.phone,
      email: organization.email,
      themes: organization.themes,
      words: organization.words,
      publics: organization.publics,
      networks: organization.networks,
      source_url: organization.sourceUrl,
      updated_on: organization.updatedOn
    };
    if (places.length === 0) return [{ type: 'Feature', id: organization.id, geometry: null, properties: common }];
    return places.map((place) => ({
      type: 'Feature',
      id: `${organization.id}/${place.key}`,
      geometry: pointAt(place.latitude, place.longitude),
      properties: {
        ...common,
        place_id: place.key,
        place: place.label,
        address: place.address,
        address_complement: place.addressComplement,
        postcode: place.postcode,
        city: place.city,
        city_code: place.cityCode,
        neighbourhood: place.neighbourhood,
        opening_hours: place.openingHours,
        accessibility: place.accessibility,
        accessibility_url: place.accessibilityUrl,
        services: services.filter((service) => service.placeKeys.includes(place.key)).map((service) => service.name)
      }
    }));
  });
  return { type: 'FeatureCollection', features };
}

export function writeGeojson(collection: FeatureCollection): string {
  return JSON.stringify(collection);
}

/** Outer rings anticlockwise, holes clockwise (the right-hand rule of RFC 7946, 3.1.6), each ring closed. */
export function windRings<Shape extends Geometry>(geometry: Shape): Shape {
  if (geometry.type === 'Point') return geometry;
  const wind = (rings: readonly Ring[]) => rings.map((ring, index) => windRing(ring, index === 0));
  const coordinates =
    geometry.type === 'Polygon' ? wind(geometry.coordinates) : geometry.coordinates.map((rings) => wind(rings));
  return { ...geometry, coordinates };
}

/** Twice the signed area in square degrees: positive when anticlockwise. */
export function signedArea(ring: Ring): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!;
    return sum + (x * nextY - nextX * y);
  }, 0);
}

function windRing(ring: Ring, outer: boolean): Ring {
  const [first] = ring;
  const last = ring[ring.length - 1];
  const closed = first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
  return signedArea(closed) > 0 === outer ? closed : [...closed].reverse();
}

function pointAt(latitude: number | null, longitude: number | null): Geometry | null {
  if (latitude === null || longitude === null) return null;
  return { type: 'Point', coordinates: [rounded(longitude), rounded(latitude)] };
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS));
}
