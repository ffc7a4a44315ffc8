import type { Context } from '@terreau/database/context';
import { carriesMarks } from '@terreau/database/search';
import { reading, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { sql, type SqlBool } from 'kysely';
import { freshness, type Freshness } from './freshness.rules.ts';
import { publishedPlaces, publishedPosts, publishedServices } from './published-parts.query.ts';
import type { PublishedPlace, PublishedPost, PublishedService } from './published-parts.query.ts';
import { DIRECTORY_COUNT_MAX } from './search-directory.query.ts';
import { sharedContact } from './shared-contact.rules.ts';

/** What anybody may copy of an organisation. */
export interface PublishedOrganization {
  readonly id: Id;
  readonly territory: string;
  readonly name: string;
  readonly acronym: string | null;
  readonly legalForm: string;
  readonly siret: string | null;
  readonly rna: string | null;
  readonly description: string | null;
  readonly plainDescription: string | null;
  readonly website: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly themes: readonly string[];
  readonly localThemes: readonly string[];
  readonly publics: readonly string[];
  readonly networks: readonly string[];
  readonly freshness: Freshness;
  readonly confirmedAt: Instant | null;
  readonly updatedAt: Instant;
  readonly source: string | null;
  readonly sourceUrl: string | null;
  readonly sourceUpdatedOn: LocalDate | null;
  readonly places: readonly PublishedPlace[];
}

export interface PublishedSheet extends PublishedOrganization {
  readonly services: readonly PublishedService[];
  readonly posts: readonly PublishedPost[];
}

export interface OrganizationListing {
  /** Absent: the organisations of every open territory. */
  readonly territoryId?: Id | undefined;
  readonly themes?: readonly string[] | undefined;
  readonly publics?: readonly string[] | undefined;
  /** The last id of the page before. */
  readonly after?: Id | undefined;
  readonly limit: number;
}

export const PUBLISHED_PAGE_MAX_ROWS = 100;

/**
 * One page of the published organisations in the order in which they were made. Ids never change and never come
 * back, so that whoever reads all pages meets each organisation that stays exactly once, whatever changes meanwhile.
 */
export async function listPublishedOrganizations(
  ctx: Context,
  listing: OrganizationListing
): Promise<{ ids: Id[]; next: Id | null; total: number; totalIsExact: boolean }> {
  const limit = Math.max(1, Math.min(PUBLISHED_PAGE_MAX_ROWS, Math.trunc(listing.limit)));
  const codes = (prefix: string, list: readonly string[] = []) => list.map((code) => `${prefix}:${code}`);
  const marks = carriesMarks({ all: [], oneOf: [codes('theme', listing.themes), codes('public', listing.publics)] });
  const asked = sql<SqlBool>`${marks} and ${listing.territoryId ? sql`d.territory_id = ${listing.territoryId}` : sql`true`}`;
  const after = listing.after ? sql<SqlBool>`d.organization_id > ${listing.after}::uuid` : sql<SqlBool>`true`;
  const from = sql`from search_document d join territory t on t.id = d.territory_id and t.closed_at is null where ${asked}`;
  return reading(ctx, async (tx) => {
    const { rows } = await sql<{ id: Id }>`
      select d.organization_id as id ${from} and ${after} order by d.organization_id limit ${limit + 1}`.execute(tx);
    const counted = await sql<{ total: number }>`
      select count(*)::int as total from (select ${from} limit ${DIRECTORY_COUNT_MAX + 1}) as c`.execute(tx);
    const ids = rows.slice(0, limit).map((row) => row.id);
    const total = counted.rows[0]!.total;
    return {
      ids,
      next: rows.length > limit ? ids.at(-1)! : null,
      total: Math.min(total, DIRECTORY_COUNT_MAX),
      totalIsExact: total <= DIRECTORY_COUNT_MAX
    };
  });
}

/** The published organisations among `ids`, in their order; those that are no longer published are left out. */
export async function readPublishedOrganizations(ctx: Context, ids: readonly Id[]): Promise<PublishedOrganization[]> {
  if (ids.length === 0) return [];
  return reading(ctx, (tx) => readOrganizations(tx, ids.slice(0, PUBLISHED_PAGE_MAX_ROWS), ctx.now));
}

/** `merged`: another sheet absorbed it and stands in its place. Unknown, unpublished and closed answer alike. */
export type FoundPublished =
  { kind: 'organization'; organization: PublishedSheet } | { kind: 'merged'; keptId: Id } | null;

export async function findPublishedOrganization(ctx: Context, id: string): Promise<FoundPublished> {
  if (!isId(id)) return null;
  return reading(ctx, async (tx) => {
    const keptId = await lastKept(tx, id);
    const [organization] = await readOrganizations(tx, [keptId], ctx.now);
    if (!organization) return null;
    if (keptId !== id) return { kind: 'merged', keptId };
    const services = await publishedServices(tx, { organizationId: id, limit: PUBLISHED_PAGE_MAX_ROWS });
    const posts = await publishedPosts(tx, { organizationId: id, limit: PUBLISHED_PAGE_MAX_ROWS });
    return { kind: 'organization', organization: { ...organization, services, posts } };
  });
}

/** The slug's open territory, or null. */
export async function openTerritoryId(ctx: Context, slug: string): Promise<Id | null> {
  const row = await reading(ctx, (tx) =>
    tx.selectFrom('territory').select('id').where('slug', '=', slug).where('closed_at', 'is', null).executeTakeFirst()
  );
  return row?.id ?? null;
}

const PLACES_OF_PAGE_MAX_ROWS = 5000;

async function readOrganizations(tx: Tx, ids: readonly Id[], now: Instant): Promise<PublishedOrganization[]> {
  const rows = await tx
    .selectFrom('organization')
    .innerJoin('territory', 'territory.id', 'organization.territory_id')
    .select([
      'organization.id',
      'territory.slug as territory',
      'organization.name',
      'acronym',
      'legal_form as legalForm'
    ])
    .select([
      'siret',
      'rna',
      'organization.description',
      'organization.plain_description as plainDescription',
      'website'
    ])
    .select([
      'phone',
      'email',
      'themes',
      'local_themes as localThemes',
      'publics',
      'networks',
      'confirmed_at as confirmedAt'
    ])
    .select(['stale_at as staleAt', 'updated_at as updatedAt', 'source', 'source_url as sourceUrl'])
    .select('source_updated_on as sourceUpdatedOn')
    .where('organization.id', 'in', ids)
    .where('organization.status', '=', 'published')
    .where('territory.closed_at', 'is', null)
    .execute();
  const places = await publishedPlaces(tx, { organizationIds: ids, limit: PLACES_OF_PAGE_MAX_ROWS });
  const placesOf = Map.groupBy(places, (place) => place.organizationId);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { staleAt, ...shown } = row;
    return {
      ...shown,
      ...sharedContact(row, row),
      freshness: freshness({ confirmedAt: row.confirmedAt, staleAt }, now),
      places: placesOf.get(id) ?? []
    };
  });
}

const MERGES_FOLLOWED_MAX_COUNT = 10;

async function lastKept(tx: Tx, id: Id): Promise<Id> {
  let kept = id;
  for (let step = 0; step < MERGES_FOLLOWED_MAX_COUNT; step += 1) {
    const row = await tx.selectFrom('organization').select('merged_into').where('id', '=', kept).executeTakeFirst();
    if (!row?.merged_into) return kept;
    kept = row.merged_into;
  }
  return kept;
}
