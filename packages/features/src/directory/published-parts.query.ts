import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { sharedContact } from './shared-contact.rules.ts';

export interface PublishedPlace {
  readonly id: Id;
  readonly territory: string;
  readonly organizationId: Id;
  readonly organizationName: string;
  readonly label: string | null;
  readonly address: string | null;
  readonly addressComplement: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly cityCode: string | null;
  readonly neighbourhood: string | null;
  /** WGS84 degrees; both or neither. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** OSM syntax. */
  readonly openingHours: string | null;
  readonly accessibility: string | null;
  readonly accessibilityUrl: string | null;
  readonly updatedAt: Instant;
}

export interface PublishedService {
  readonly id: Id;
  readonly territory: string;
  readonly organizationId: Id;
  readonly organizationName: string;
  readonly name: string;
  readonly description: string | null;
  readonly kind: string | null;
  readonly themes: readonly string[];
  readonly publics: readonly string[];
  readonly publicsDetails: string | null;
  readonly conditions: string | null;
  readonly fees: string | null;
  readonly feesDetails: string | null;
  readonly receptionModes: readonly string[];
  readonly mobilizationModes: readonly string[];
  readonly mobilizationUrl: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly openingHours: string | null;
  readonly placeIds: readonly Id[];
  readonly updatedAt: Instant;
}

export interface PublishedPost {
  readonly id: Id;
  readonly territory: string;
  readonly organizationId: Id;
  readonly organizationName: string;
  readonly kind: 'need' | 'offer';
  readonly category: string;
  readonly title: string;
  readonly description: string | null;
  readonly state: 'open' | 'in-contact';
  readonly expiresOn: LocalDate;
  readonly postedAt: Instant;
}

/** Which rows: of one organisation, or of a territory; those after an id, in the order of their ids. */
export interface PartListing {
  readonly territoryId?: Id | undefined;
  readonly after?: Id | undefined;
  readonly limit: number;
}

export interface PartPage<Part> {
  readonly items: readonly Part[];
  readonly next: Id | null;
}

export const PART_PAGE_MAX_ROWS = 100;

/** One page of the places of published organisations. Pages follow ids: no gap, no duplicate, whatever changes meanwhile. */
export const listPublishedPlaces = (ctx: Context, listing: PartListing) => pageOf(ctx, listing, publishedPlaces);

export const listPublishedServices = (ctx: Context, listing: PartListing) => pageOf(ctx, listing, publishedServices);

/** Needs, or offers, that are open or in contact. */
export const listPublishedPosts = (ctx: Context, listing: PartListing & { readonly kind: 'need' | 'offer' }) =>
  pageOf(ctx, listing, publishedPosts);

async function pageOf<Listing extends PartListing, Part extends { readonly id: Id }>(
  ctx: Context,
  listing: Listing,
  read: (tx: Tx, listing: Listing) => Promise<Part[]>
): Promise<PartPage<Part>> {
  const limit = Math.max(1, Math.min(PART_PAGE_MAX_ROWS, Math.trunc(listing.limit)));
  const rows = await reading(ctx, (tx) => read(tx, { ...listing, limit: limit + 1 }));
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? items.at(-1)!.id : null };
}

/** The places of published organisations of open territories, inside an open transaction. */
export async function publishedPlaces(
  tx: Tx,
  asked: PartListing & { readonly organizationIds?: readonly Id[] }
): Promise<PublishedPlace[]> {
  return tx
    .selectFrom('place')
    .innerJoin('organization', 'organization.id', 'place.organization_id')
    .innerJoin('territory', 'territory.id', 'organization.territory_id')
    .leftJoin('neighbourhood', 'neighbourhood.id', 'place.neighbourhood_id')
    .select(['place.id', 'territory.slug as territory', 'organization.id as organizationId'])
    .select(['organization.name as organizationName', 'label', 'address', 'address_complement as addressComplement'])
    .select(['postcode', 'city', 'city_code as cityCode', 'neighbourhood.name as neighbourhood'])
    .select(['place.latitude', 'place.longitude', 'opening_hours as openingHours', 'accessibility'])
    .select(['accessibility_url as accessibilityUrl', 'place.updated_at as updatedAt'])
    .where('organization.status', '=', 'published')
    .where('territory.closed_at', 'is', null)
    .$if(asked.organizationIds !== undefined, (query) =>
      query.where('place.organization_id', 'in', asked.organizationIds!).orderBy('place.position')
    )
    .$if(asked.territoryId !== undefined, (query) => query.where('place.territory_id', '=', asked.territoryId!))
    .$if(asked.after !== undefined, (query) => query.where('place.id', '>', asked.after!))
    .orderBy('place.id')
    .limit(asked.limit)
    .execute();
}

/** The services of published organisations of open territories, inside an open transaction. */
export async function publishedServices(
  tx: Tx,
  asked: PartListing & { readonly organizationId?: Id }
): Promise<PublishedService[]> {
  const rows = await tx
    .selectFrom('service')
    .innerJoin('organization', 'organization.id', 'service.organization_id')
    .innerJoin('territory', 'territory.id', 'organization.territory_id')
    .select(['service.id', 'territory.slug as territory', 'organization.id as organizationId'])
    .select(['organization.name as organizationName', 'organization.acronym', 'organization.website'])
    .select(['service.name', 'service.description', 'kind', 'service.themes', 'service.publics'])
    .select(['publics_details as publicsDetails', 'conditions', 'fees', 'fees_details as feesDetails'])
    .select(['reception_modes as receptionModes', 'mobilization_modes as mobilizationModes'])
    .select(['mobilization_url as mobilizationUrl', 'service.phone', 'service.email'])
    .select(['opening_hours as openingHours', 'service.updated_at as updatedAt'])
    .select(
      sql<Id[]>`array(select place_id::text from service_place where service_id = service.id order by place_id)`.as(
        'placeIds'
      )
    )
    .where('organization.status', '=', 'published')
    .where('territory.closed_at', 'is', null)
    .$if(asked.organizationId !== undefined, (query) => query.where('organization.id', '=', asked.organizationId!))
    .$if(asked.territoryId !== undefined, (query) => query.where('service.territory_id', '=', asked.territoryId!))
    .$if(asked.after !== undefined, (query) => query.where('service.id', '>', asked.after!))
    .orderBy('service.id')
    .limit(asked.limit)
    .execute();
  return rows.map(({ acronym, website, ...row }) => ({
    ...row,
    ...sharedContact(row, { name: row.organizationName, acronym, website })
  }));
}

/** The live needs and offers of published organisations of open territories, inside an open transaction. */
export async function publishedPosts(
  tx: Tx,
  asked: PartListing & { readonly kind?: 'need' | 'offer'; readonly organizationId?: Id }
): Promise<PublishedPost[]> {
  const rows = await tx
    .selectFrom('post')
    .innerJoin('organization', 'organization.id', 'post.organization_id')
    .innerJoin('territory', 'territory.id', 'organization.territory_id')
    .select(['post.id', 'territory.slug as territory', 'organization.id as organizationId'])
    .select(['organization.name as organizationName', 'kind', 'category', 'title', 'post.description', 'state'])
    .select(['expires_on as expiresOn', 'posted_at as postedAt'])
    .where('post.state', 'in', ['open', 'in-contact'])
    .where('organization.status', '=', 'published')
    .where('territory.closed_at', 'is', null)
    .$if(asked.kind !== undefined, (query) => query.where('kind', '=', asked.kind!))
    .$if(asked.organizationId !== undefined, (query) => query.where('organization.id', '=', asked.organizationId!))
    .$if(asked.territoryId !== undefined, (query) => query.where('post.territory_id', '=', asked.territoryId!))
    .$if(asked.after !== undefined, (query) => query.where('post.id', '>', asked.after!))
    .orderBy('post.id')
    .limit(asked.limit)
    .execute();
  return rows.map((row) => ({
    ...row,
    kind: row.kind as PublishedPost['kind'],
    state: row.state as PublishedPost['state']
  }));
}
