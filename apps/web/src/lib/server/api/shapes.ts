import type { PublishedOrganization, PublishedSheet } from '@terreau/features/directory/published-organizations.query';
import type {
  PublishedPlace,
  PublishedPost,
  PublishedService
} from '@terreau/features/directory/published-parts.query';
import type { PublishedSupport } from '@terreau/features/orientation/published-supports.query';
import type { OpenTerritory } from '@terreau/features/territories/open-territories.query';
import type { z } from 'zod';
import type * as schemas from './schemas.ts';

/* From what the queries know to what the interface says: names in snake_case, instants in ISO 8601. */

type Shape<Name extends keyof typeof schemas> = (typeof schemas)[Name] extends z.ZodType
  ? z.input<(typeof schemas)[Name]>
  : never;

export function territoryShape(territory: OpenTerritory, origin: string): Shape<'Territory'> {
  return {
    slug: territory.slug,
    name: territory.name,
    description: territory.description,
    time_zone: territory.timeZone,
    languages: [...territory.languages],
    is_demonstration: territory.isDemonstration,
    opened_at: territory.openedAt.toISOString(),
    areas: territory.areas.map((area) => ({ ...area })),
    url: `${origin}/${territory.slug}`
  };
}

const BASIS_POINTS_PER_PERCENT = 100;

export function supportShape(support: PublishedSupport, origin: string): Shape<'Support'> {
  const percent = (points: number | null) => (points === null ? null : points / BASIS_POINTS_PER_PERCENT);
  return {
    id: support.id,
    territory: support.territory,
    kind: support.kind,
    title: support.title,
    summary: support.summary,
    plain_summary: support.plainSummary,
    provider: support.organization?.name ?? support.provider,
    organization_id: support.organization?.id ?? null,
    follows: support.followed,
    themes: [...support.themes],
    local_themes: support.localThemes,
    publics: [...support.publics],
    languages: support.languages,
    accessibility: support.accessibility,
    legal_forms: [...support.legalForms],
    scope_kind: support.scopeKind,
    scope_codes: support.scopeCodes,
    neighbourhood: support.neighbourhood,
    place: support.placeWords,
    latitude: support.latitude,
    longitude: support.longitude,
    who_may: support.whoMay,
    who_may_not: support.whoMayNot,
    min_rate_percent: percent(support.minRateBasisPoints),
    max_rate_percent: percent(support.maxRateBasisPoints),
    ceiling_cents: support.ceilingCents,
    recurrence: support.recurrence,
    opens_on: support.opensOn,
    closes_on: support.closesOn,
    conditions: support.conditions,
    fees: support.fees,
    cost: support.cost,
    phone: support.phone,
    email: support.email,
    website: support.url,
    standing: support.standing,
    checked_on: support.checkedOn,
    // PostgreSQL's first day stands for "never" in the table.
    proposed_until: support.standing === 'unchecked' ? null : support.proposedUntil,
    source_url: support.sourceUrl,
    updated_at: support.updatedAt.toISOString(),
    url: `${origin}/${support.territory}/supports/${support.id}`
  };
}

export function placeShape(place: PublishedPlace): Shape<'Place'> {
  return {
    id: place.id,
    territory: place.territory,
    organization_id: place.organizationId,
    organization_name: place.organizationName,
    label: place.label,
    address: place.address,
    address_complement: place.addressComplement,
    postcode: place.postcode,
    city: place.city,
    city_code: place.cityCode,
    neighbourhood: place.neighbourhood,
    latitude: place.latitude,
    longitude: place.longitude,
    opening_hours: place.openingHours,
    accessibility: place.accessibility,
    accessibility_url: place.accessibilityUrl,
    updated_at: place.updatedAt.toISOString()
  };
}

export function serviceShape(service: PublishedService): Shape<'Service'> {
  return {
    id: service.id,
    territory: service.territory,
    organization_id: service.organizationId,
    organization_name: service.organizationName,
    name: service.name,
    description: service.description,
    kind: service.kind,
    themes: [...service.themes],
    publics: [...service.publics],
    publics_details: service.publicsDetails,
    conditions: service.conditions,
    fees: service.fees,
    fees_details: service.feesDetails,
    reception_modes: [...service.receptionModes],
    mobilization_modes: [...service.mobilizationModes],
    mobilization_url: service.mobilizationUrl,
    phone: service.phone,
    email: service.email,
    opening_hours: service.openingHours,
    place_ids: [...service.placeIds],
    updated_at: service.updatedAt.toISOString()
  };
}

export function postShape(post: PublishedPost): Shape<'Need'> {
  return {
    id: post.id,
    territory: post.territory,
    organization_id: post.organizationId,
    organization_name: post.organizationName,
    category: post.category,
    title: post.title,
    description: post.description,
    state: post.state,
    expires_on: post.expiresOn,
    posted_at: post.postedAt.toISOString()
  };
}

/** `distances`: kilometres by id, when a position was asked. */
export function organizationShape(
  organization: PublishedOrganization,
  origin: string,
  distances: ReadonlyMap<string, number | null> = new Map()
): Shape<'Organization'> {
  return {
    id: organization.id,
    territory: organization.territory,
    name: organization.name,
    acronym: organization.acronym,
    legal_form: organization.legalForm,
    siret: organization.siret,
    rna: organization.rna,
    description: organization.description,
    plain_description: organization.plainDescription,
    website: organization.website,
    phone: organization.phone,
    email: organization.email,
    themes: [...organization.themes],
    local_themes: [...organization.localThemes],
    publics: [...organization.publics],
    networks: [...organization.networks],
    freshness: organization.freshness,
    confirmed_at: organization.confirmedAt?.toISOString() ?? null,
    updated_at: organization.updatedAt.toISOString(),
    source: organization.source,
    source_url: organization.sourceUrl,
    source_updated_on: organization.sourceUpdatedOn,
    distance_km: distances.get(organization.id) ?? null,
    url: `${origin}/${organization.territory}/organizations/${organization.id}`,
    places: organization.places.map(placeShape)
  };
}

export function sheetShape(sheet: PublishedSheet, origin: string): Shape<'OrganizationSheet'> {
  return {
    ...organizationShape(sheet, origin),
    services: sheet.services.map(serviceShape),
    needs: sheet.posts.filter(({ kind }) => kind === 'need').map(postShape),
    offers: sheet.posts.filter(({ kind }) => kind === 'offer').map(postShape)
  };
}

export function organizationFeature(organization: Shape<'Organization'>): Shape<'OrganizationFeature'> {
  const coordinates = organization.places.flatMap(({ longitude, latitude }) =>
    longitude === null || latitude === null ? [] : [[longitude, latitude]]
  );
  return { type: 'Feature', id: organization.id, geometry: pointsOf(coordinates), properties: organization };
}

export function placeFeature(place: Shape<'Place'>): Shape<'PlaceFeature'> {
  const { longitude, latitude } = place;
  const coordinates = longitude === null || latitude === null ? [] : [[longitude, latitude]];
  return { type: 'Feature', id: place.id, geometry: pointsOf(coordinates), properties: place };
}

function pointsOf(coordinates: number[][]): Shape<'PlaceFeature'>['geometry'] {
  if (coordinates.length === 0) return null;
  return coordinates.length === 1
    ? { type: 'Point', coordinates: coordinates[0]! }
    : { type: 'MultiPoint', coordinates };
}
