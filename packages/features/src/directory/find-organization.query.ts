import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { mayEditSheet, worksFor } from './directory.policy.ts';
import { freshness, type Freshness } from './freshness.rules.ts';
import { POST_SHOWN_AFTER_DAYS, type PostState } from './post-lifecycle.rules.ts';
import { quality, type Quality } from './quality.rules.ts';

const PLACES_MAX_COUNT = 50;
const SERVICES_MAX_COUNT = 100;
const POSTS_MAX_COUNT = 60;

/** A sheet of the directory, with what the reader may do on it. */
export interface OrganizationSheet {
  readonly id: Id;
  readonly name: string;
  readonly acronym: string | null;
  readonly legalForm: string;
  readonly siret: string | null;
  readonly rna: string | null;
  readonly description: string | null;
  readonly descriptionEn: string | null;
  readonly plainDescription: string | null;
  readonly website: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly themes: string[];
  readonly localThemes: string[];
  readonly publics: string[];
  readonly networks: string[];
  readonly status: 'draft' | 'held' | 'published' | 'hidden';
  readonly statusReason: string | null;
  /** What a new account publishes is held, and its links lead nowhere, until a human has read it. */
  readonly linksWork: boolean;
  readonly promiseMonths: number;
  readonly confirmedAt: Instant | null;
  readonly staleAt: Instant | null;
  readonly freshness: Freshness;
  readonly source: string | null;
  readonly sourceUrl: string | null;
  readonly sourceUpdatedOn: LocalDate | null;
  readonly updatedAt: Instant;
  readonly picture: PictureOfSheet | null;
  readonly places: PlaceOfSheet[];
  readonly services: ServiceOfSheet[];
  readonly posts: PostOfSheet[];
  readonly mayEdit: boolean;
  readonly mayModerate: boolean;
  /** Null unless the reader may edit the sheet. */
  readonly quality: Quality | null;
}

export interface PictureOfSheet {
  /** Names its file: another picture has another. */
  readonly fileId: Id;
  readonly alternative: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface PlaceOfSheet {
  readonly id: Id;
  readonly label: string | null;
  readonly address: string | null;
  readonly addressComplement: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly neighbourhoodId: Id | null;
  readonly neighbourhood: string | null;
  readonly openingHours: string | null;
  readonly accessibility: string | null;
  readonly accessibilityUrl: string | null;
}

export interface ServiceOfSheet {
  readonly id: Id;
  readonly name: string;
  readonly description: string | null;
  readonly kind: string | null;
  readonly themes: string[];
  readonly publics: string[];
  readonly publicsDetails: string | null;
  readonly conditions: string | null;
  readonly fees: string | null;
  readonly feesDetails: string | null;
  readonly receptionModes: string[];
  readonly mobilizationModes: string[];
  readonly mobilizationDetails: string | null;
  readonly mobilizationUrl: string | null;
  readonly mobilizedBy: string[];
  readonly phone: string | null;
  readonly email: string | null;
  readonly openingHours: string | null;
  readonly placeIds: Id[];
}

export interface PostOfSheet {
  readonly id: Id;
  readonly kind: 'need' | 'offer';
  readonly category: string;
  readonly title: string;
  readonly description: string | null;
  readonly state: PostState;
  readonly outcome: string | null;
  readonly expiresOn: LocalDate;
  readonly postedAt: Instant;
}

/** `merged`: the sheet was absorbed, the address leads to `keptId`. Absent and not for this reader are the same null. */
export type FoundOrganization = { kind: 'sheet'; sheet: OrganizationSheet } | { kind: 'merged'; keptId: Id } | null;

export async function findOrganization(ctx: Context, territoryId: Id, id: Id): Promise<FoundOrganization> {
  if (!isId(id)) return null;
  return reading(ctx, async (tx) => {
    const row = await tx
      .selectFrom('organization')
      .selectAll()
      .where('id', '=', id)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst();
    if (!row) return null;
    if (row.merged_into) return { kind: 'merged', keptId: await lastKept(tx, row.merged_into) };
    const mayEdit = mayEditSheet(ctx.actor, { id, territoryId, createdBy: row.created_by });
    const places = await placesOf(tx, id);
    const services = await servicesOf(tx, id);
    const posts = await postsOf(tx, ctx, id);
    const dates = { confirmedAt: row.confirmed_at, staleAt: row.stale_at };
    const subject = { ...row, places, services, confirmedAt: row.confirmed_at ?? dateOf(row.source_updated_on) };
    return {
      kind: 'sheet',
      sheet: {
        id,
        name: row.name,
        acronym: row.acronym,
        legalForm: row.legal_form,
        siret: row.siret,
        rna: row.rna,
        description: row.description,
        descriptionEn: row.description_en,
        plainDescription: row.plain_description,
        website: row.website,
        email: row.email,
        phone: row.phone,
        themes: row.themes,
        localThemes: row.local_themes,
        publics: row.publics,
        networks: row.networks,
        status: row.status as OrganizationSheet['status'],
        statusReason: row.status_reason,
        linksWork: row.status === 'published',
        promiseMonths: row.promise_months,
        ...dates,
        freshness: freshness(dates, ctx.now),
        source: row.source,
        sourceUrl: row.source_url,
        sourceUpdatedOn: row.source_updated_on,
        updatedAt: row.updated_at,
        picture: await pictureOf(tx, id),
        places,
        services,
        posts,
        mayEdit,
        mayModerate: worksFor(ctx.actor, territoryId),
        quality: mayEdit ? quality(subject, ctx.now) : null
      }
    };
  });
}

function dateOf(text: LocalDate | null): Instant | null {
  return text === null ? null : new Date(`${text}T00:00:00Z`);
}

const MERGES_FOLLOWED_MAX_COUNT = 10;

/** A kept sheet may itself have been absorbed since: the address leads to the one that stands. */
async function lastKept(tx: Tx, id: Id): Promise<Id> {
  let kept = id;
  for (let step = 0; step < MERGES_FOLLOWED_MAX_COUNT; step += 1) {
    const next = await tx.selectFrom('organization').select('merged_into').where('id', '=', kept).executeTakeFirst();
    if (!next?.merged_into) return kept;
    kept = next.merged_into;
  }
  return kept;
}

async function pictureOf(tx: Tx, organizationId: Id): Promise<PictureOfSheet | null> {
  const row = await tx
    .selectFrom('picture')
    .select(['file_id as fileId', 'alternative', 'width', 'height'])
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
  return row ?? null;
}

async function placesOf(tx: Tx, organizationId: Id): Promise<PlaceOfSheet[]> {
  return tx
    .selectFrom('place')
    .leftJoin('neighbourhood', 'neighbourhood.id', 'place.neighbourhood_id')
    .select([
      'place.id',
      'label',
      'address',
      'address_complement as addressComplement',
      'postcode',
      'city',
      'latitude',
      'longitude',
      'neighbourhood_id as neighbourhoodId',
      'neighbourhood.name as neighbourhood',
      'opening_hours as openingHours',
      'accessibility',
      'accessibility_url as accessibilityUrl'
    ])
    .where('organization_id', '=', organizationId)
    .orderBy('place.position')
    .orderBy('place.id')
    .limit(PLACES_MAX_COUNT)
    .execute();
}

async function servicesOf(tx: Tx, organizationId: Id): Promise<ServiceOfSheet[]> {
  return tx
    .selectFrom('service')
    .select([
      'id',
      'name',
      'description',
      'kind',
      'themes',
      'publics',
      'publics_details as publicsDetails',
      'conditions',
      'fees',
      'fees_details as feesDetails',
      'reception_modes as receptionModes',
      'mobilization_modes as mobilizationModes',
      'mobilization_details as mobilizationDetails',
      'mobilization_url as mobilizationUrl',
      'mobilized_by as mobilizedBy',
      'phone',
      'email',
      'opening_hours as openingHours',
      sql<Id[]>`array(select place_id::text from service_place where service_id = service.id order by place_id)`.as(
        'placeIds'
      )
    ])
    .where('organization_id', '=', organizationId)
    .orderBy('position')
    .orderBy('id')
    .limit(SERVICES_MAX_COUNT)
    .execute();
}

/** Open posts first; settled ones for a while, since they show what can be found here. */
async function postsOf(tx: Tx, ctx: Context, organizationId: Id): Promise<PostOfSheet[]> {
  const since = new Date(ctx.now.getTime() - POST_SHOWN_AFTER_DAYS * 86_400_000);
  const rows = await tx
    .selectFrom('post')
    .select([
      'id',
      'kind',
      'category',
      'title',
      'description',
      'state',
      'outcome',
      'expires_on as expiresOn',
      'posted_at as postedAt'
    ])
    .where('organization_id', '=', organizationId)
    .where((where) =>
      where.or([
        where('state', 'in', ['open', 'in-contact']),
        where.and([where('state', 'in', ['fulfilled', 'expired']), where('state_changed_at', '>', since)])
      ])
    )
    .orderBy(sql`state in ('open', 'in-contact')`, 'desc')
    .orderBy('id', 'desc')
    .limit(POSTS_MAX_COUNT)
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as PostOfSheet['kind'], state: row.state as PostState }));
}
