import 'zod-openapi';
import { SUPPORT_KINDS } from '@terreau/features/orientation/support.schema';
import { z } from 'zod';

/*
 * The open interface in one place: what may be asked and what is answered. Requests are read with these schemas,
 * answers are typed by them, and the OpenAPI document is made of them.
 */

export const PAGE_DEFAULT_ITEMS = 20;
export const PAGE_MAX_ITEMS = 100;
const QUERY_MAX_CHARACTERS = 300;
const CURSOR_MAX_CHARACTERS = 8000;
const CODES_MAX_COUNT = 50;
const CODE_MAX_CHARACTERS = 120;
const RADIUS_MAX_KM = 500;

const POSITION = /^(-?\d{1,2}(?:\.\d{1,10})?),(-?\d{1,3}(?:\.\d{1,10})?)$/;

const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(PAGE_MAX_ITEMS)
  .default(PAGE_DEFAULT_ITEMS)
  .meta({ description: 'Items of one page.' });
const after = z
  .string()
  .min(1)
  .max(CURSOR_MAX_CHARACTERS)
  .optional()
  .meta({ description: 'The `next` of the page before; absent for the first page.' });
const territory = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .optional()
  .meta({ description: 'The territory’s address, such as `valbrune`.', example: 'valbrune' });
const codes = (description: string, example: string) =>
  z
    .string()
    .transform((text) => [
      ...new Set(
        text
          .split(',')
          .map((code) => code.trim())
          .filter((code) => code !== '')
      )
    ])
    .pipe(z.array(z.string().max(CODE_MAX_CHARACTERS)).max(CODES_MAX_COUNT))
    .optional()
    .meta({ description, example });
const near = z
  .string()
  .regex(POSITION)
  .transform((text) => {
    const [latitude = NaN, longitude = NaN] = text.split(',').map(Number);
    return { latitude, longitude };
  })
  .refine(({ latitude, longitude }) => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)
  .optional()
  .meta({
    description: '`latitude,longitude` in WGS84 degrees. Nearest first, unless `q` is given. Asks for `territory`.',
    example: '43.6109,3.8772'
  });

export const territoriesQuery = z.strictObject({ limit, after });
export const partsQuery = z.strictObject({ territory, limit, after });
export const noQuery = z.strictObject({});
export const organizationsQuery = z
  .strictObject({
    territory,
    q: z
      .string()
      .max(QUERY_MAX_CHARACTERS)
      .optional()
      .meta({ description: 'Words, as people say them; best answers first. Asks for `territory`.' }),
    theme: codes(
      'Codes of data·inclusion or a territory’s own words, one or several (commas): any of them.',
      'mobilite--preparer-un-permis'
    ),
    public: codes('Codes of data·inclusion, one or several (commas): any of them.', 'jeunes'),
    near,
    radius_km: z.coerce
      .number()
      .positive()
      .max(RADIUS_MAX_KM)
      .optional()
      .meta({ description: 'Only what has a place within this distance of `near`.' }),
    limit,
    after
  })
  .refine(({ radius_km, near: from }) => radius_km === undefined || from !== undefined, { path: ['near'] })
  .refine(({ q, near: from, territory: where }) => (!q?.trim() && from === undefined) || where !== undefined, {
    path: ['territory']
  });

export const supportsQuery = z
  .strictObject({
    territory,
    q: z
      .string()
      .max(QUERY_MAX_CHARACTERS)
      .optional()
      .meta({ description: 'Words, as people say them; best answers first. Asks for `territory`.' }),
    kind: codes(
      'service, person, room, equipment, training, funding, information: any of them.',
      'funding,room'
    ).refine((kinds) => (kinds ?? []).every((kind) => (SUPPORT_KINDS as readonly string[]).includes(kind))),
    limit,
    after
  })
  .refine(({ q, territory: where }) => !q?.trim() || where !== undefined, { path: ['territory'] });

const id = z.uuid().meta({ description: 'Stable: it is never given to anything else.' });
const text = z.string().nullable();
const list = z.array(z.string());
const instant = z.iso.datetime();
const territorySlug = z.string().meta({ description: 'The territory’s address.' });
const latitude = z.number().min(-90).max(90).nullable().meta({ description: 'WGS84 degrees.' });
const longitude = z.number().min(-180).max(180).nullable().meta({ description: 'WGS84 degrees.' });
const openingHours = text.meta({ description: 'OpenStreetMap’s opening_hours syntax.' });

export const Territory = z
  .object({
    slug: z.string(),
    name: z.string(),
    description: text,
    time_zone: z.string().meta({ description: 'IANA name.' }),
    languages: list,
    is_demonstration: z.boolean().meta({ description: 'Fictional: nothing in it exists.' }),
    opened_at: instant,
    areas: z
      .array(
        z.object({
          kind: z.string().meta({ description: 'commune, epci, departement or fictional.' }),
          code: z.string().meta({ description: 'Insee code, or SIREN of an EPCI.' }),
          name: z.string(),
          population: z.int().nullable().meta({ description: 'Null where the source does not say: not zero.' })
        })
      )
      .meta({ description: 'The official geography that it is made of.' }),
    url: z.url().meta({ description: 'Its page.' })
  })
  .meta({ id: 'Territory' });

export const Place = z
  .object({
    id,
    territory: territorySlug,
    organization_id: id,
    organization_name: z.string(),
    label: text,
    address: text,
    address_complement: text,
    postcode: text,
    city: text,
    city_code: text.meta({ description: 'Insee code of the commune.' }),
    neighbourhood: text,
    latitude,
    longitude,
    opening_hours: openingHours,
    accessibility: text,
    accessibility_url: text,
    updated_at: instant
  })
  .meta({ id: 'Place' });

export const Service = z
  .object({
    id,
    territory: territorySlug,
    organization_id: id,
    organization_name: z.string(),
    name: z.string(),
    description: text,
    kind: text,
    themes: list,
    publics: list,
    publics_details: text,
    conditions: text,
    fees: text,
    fees_details: text,
    reception_modes: list,
    mobilization_modes: list,
    mobilization_url: text,
    phone: text,
    email: text,
    opening_hours: openingHours,
    place_ids: z.array(id),
    updated_at: instant
  })
  .meta({ id: 'Service', description: 'Codes are those of data·inclusion v1.' });

const post = {
  id,
  territory: territorySlug,
  organization_id: id,
  organization_name: z.string(),
  category: z.string(),
  title: z.string(),
  description: text,
  state: z.enum(['open', 'in-contact']),
  expires_on: z.iso.date(),
  posted_at: instant
};
export const Need = z.object(post).meta({ id: 'Need', description: 'What an organisation lacks. Only live ones.' });
export const Offer = z.object(post).meta({ id: 'Offer', description: 'What an organisation offers. Only live ones.' });

const organization = {
  id,
  territory: territorySlug,
  name: z.string(),
  acronym: text,
  legal_form: z.string(),
  siret: text,
  rna: text,
  description: text,
  plain_description: text.meta({ description: 'The same in easy words, where somebody wrote it.' }),
  website: text,
  phone: text.meta({ description: 'Landlines only: mobile numbers stay on the page.' }),
  email: text.meta({ description: 'Never a mailbox in somebody’s name.' }),
  themes: list,
  local_themes: list,
  publics: list,
  networks: list,
  freshness: z.enum(['confirmed', 'due', 'stale', 'unconfirmed']).meta({
    description: 'Whether somebody confirmed the sheet within the promise that its author made.'
  }),
  confirmed_at: instant.nullable(),
  updated_at: instant,
  source: text,
  source_url: text,
  source_updated_on: z.iso.date().nullable(),
  distance_km: z
    .number()
    .nullable()
    .meta({ description: 'To its nearest place, when `near` was asked; null otherwise.' }),
  url: z.url().meta({ description: 'Its page.' })
};
export const Organization = z.object({ ...organization, places: z.array(Place) }).meta({ id: 'Organization' });
export const OrganizationSheet = z
  .object({
    ...organization,
    places: z.array(Place),
    services: z.array(Service),
    needs: z.array(Need),
    offers: z.array(Offer)
  })
  .meta({ id: 'OrganizationSheet' });

export const Support = z
  .object({
    id,
    territory: territorySlug,
    kind: z.enum(SUPPORT_KINDS),
    title: z.string(),
    summary: text,
    plain_summary: text,
    provider: text.meta({ description: 'Who offers it: an organisation of the directory, or any other body.' }),
    organization_id: id.nullable(),
    follows: z
      .enum(['service', 'skill', 'offer'])
      .nullable()
      .meta({ description: 'What it follows in the directory; null: a sheet of the territory’s own.' }),
    themes: list,
    local_themes: list,
    publics: list,
    languages: list,
    accessibility: list,
    legal_forms: list,
    scope_kind: z.string(),
    scope_codes: list.meta({ description: 'Codes of official geography.' }),
    neighbourhood: text,
    place: text,
    latitude,
    longitude,
    who_may: text,
    who_may_not: text,
    min_rate_percent: z.number().nullable(),
    max_rate_percent: z.number().nullable(),
    ceiling_cents: z.int().nullable().meta({ description: 'Euro cents.' }),
    recurrence: text,
    opens_on: z.iso.date().nullable(),
    closes_on: z.iso.date().nullable(),
    conditions: text,
    fees: text,
    cost: text,
    phone: text.meta({ description: 'Landlines only: mobile numbers stay on the page.' }),
    email: text.meta({ description: 'Never a mailbox in somebody’s name.' }),
    website: text,
    standing: z.enum(['current', 'not-yet', 'past', 'unchecked', 'stale']).meta({
      description: 'Only `current` is proposed to somebody. Nothing here promises that somebody is eligible.'
    }),
    checked_on: z.iso.date().nullable(),
    proposed_until: z.iso
      .date()
      .nullable()
      .meta({ description: 'The last day on which it is proposed; null: no end.' }),
    source_url: text,
    updated_at: instant,
    url: z.url().meta({ description: 'Its page.' })
  })
  .meta({ id: 'Support', description: 'What may help somebody. Codes are those of data·inclusion v1.' });

const next = z.string().nullable().meta({ description: 'To be sent as `after`; null on the last page.' });
const counted = {
  total: z.int().meta({ description: 'How many answer in all, as far as they are counted.' }),
  total_is_exact: z.boolean().meta({ description: 'False: more than `total`.' })
};
export const TerritoryPage = z.object({ items: z.array(Territory), next }).meta({ id: 'TerritoryPage' });
export const OrganizationPage = z
  .object({ items: z.array(Organization), next, ...counted })
  .meta({ id: 'OrganizationPage' });
export const ServicePage = z.object({ items: z.array(Service), next }).meta({ id: 'ServicePage' });
export const PlacePage = z.object({ items: z.array(Place), next }).meta({ id: 'PlacePage' });
export const NeedPage = z.object({ items: z.array(Need), next }).meta({ id: 'NeedPage' });
export const SupportPage = z.object({ items: z.array(Support), next }).meta({ id: 'SupportPage' });
export const OfferPage = z.object({ items: z.array(Offer), next }).meta({ id: 'OfferPage' });

const position = z.array(z.number()).min(2).max(2).meta({ description: 'Longitude, then latitude (WGS84).' });
const geometry = z
  .union([
    z.object({ type: z.literal('Point'), coordinates: position }),
    z.object({ type: z.literal('MultiPoint'), coordinates: z.array(position) })
  ])
  .nullable()
  .meta({ description: 'Null where no place has a position.' });
export const OrganizationFeature = z
  .object({ type: z.literal('Feature'), id, geometry, properties: Organization })
  .meta({ id: 'OrganizationFeature', description: 'RFC 7946.' });
export const PlaceFeature = z
  .object({ type: z.literal('Feature'), id, geometry, properties: Place })
  .meta({ id: 'PlaceFeature', description: 'RFC 7946.' });
const collection = { type: z.literal('FeatureCollection'), next };
export const OrganizationFeatures = z
  .object({ ...collection, ...counted, features: z.array(OrganizationFeature) })
  .meta({ id: 'OrganizationFeatures' });
export const PlaceFeatures = z.object({ ...collection, features: z.array(PlaceFeature) }).meta({ id: 'PlaceFeatures' });

export const ProblemDocument = z
  .object({
    type: z.string().meta({ description: 'Where this kind of problem is explained.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z
      .array(z.object({ parameter: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: 'The parameters to put right.' }),
    id: z.string().optional().meta({ description: 'The number of a failure, to quote when asking for help.' })
  })
  .meta({ id: 'Problem', description: 'RFC 9457. Sentences are in French, or in English when asked for.' });
