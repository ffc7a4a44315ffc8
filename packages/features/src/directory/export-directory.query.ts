import type { Context } from '@terreau/database/context';
import type { DB } from '@terreau/database/schema';
import { reading, type Tx } from '@terreau/database/transaction';
import type {
  DirectoryExport,
  ExportedRecord,
  OrganizationRecord,
  PlaceRecord,
  PostRecord,
  ServiceRecord
} from '@terreau/formats/directory-record';
import type { Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import type { Selectable } from 'kysely';
import { LEGAL_FORM_WORDS } from './legal-form.rules.ts';
import { POST_SHOWN_AFTER_DAYS } from './post-lifecycle.rules.ts';
import { searchDirectory, DIRECTORY_PAGE_ITEMS_MAX, type DirectorySearch } from './search-directory.query.ts';

export interface ExportRequest {
  readonly territory: { readonly id: Id; readonly slug: string; readonly name: string; readonly timeZone: string };
  /** The filters of the list page; absent: the whole published directory. */
  readonly search?: Omit<DirectorySearch, 'territoryId' | 'after' | 'limit'>;
}

/** More sheets than this belong to a backup, not to an exchange. */
export const EXPORT_MAX_ORGANIZATIONS = 200_000;
const READ_TOGETHER_COUNT = 500;

/** The published sheets of a territory as records of any directory format: what anybody can see, nothing else. */
export async function exportDirectory(ctx: Context, { territory, search }: ExportRequest): Promise<DirectoryExport> {
  const wanted = search ? await searchedIds(ctx, { ...search, territoryId: territory.id }) : null;
  const records = await reading(ctx, async (tx) => {
    const ids = wanted ?? (await publishedIds(tx, territory.id));
    const found: ExportedRecord[] = [];
    for (let from = 0; from < ids.length; from += READ_TOGETHER_COUNT) {
      found.push(...(await readRecords(tx, ctx, territory.id, ids.slice(from, from + READ_TOGETHER_COUNT))));
    }
    return found;
  });
  return {
    title: territory.name,
    source: `terreau-${territory.slug}`,
    exportedOn: localDate(ctx.now, territory.timeZone),
    records
  };
}

async function searchedIds(ctx: Context, search: DirectorySearch): Promise<Id[]> {
  const ids: Id[] = [];
  let after: string | undefined;
  do {
    const page = await searchDirectory(ctx, {
      ...search,
      limit: DIRECTORY_PAGE_ITEMS_MAX,
      ...(after ? { after } : {})
    });
    ids.push(...page.items.map((item) => item.organizationId));
    after = page.next ?? undefined;
  } while (after !== undefined && ids.length < EXPORT_MAX_ORGANIZATIONS);
  return ids;
}

async function publishedIds(tx: Tx, territoryId: Id): Promise<Id[]> {
  const rows = await tx
    .selectFrom('organization')
    .select('id')
    .where('territory_id', '=', territoryId)
    .where('status', '=', 'published')
    .orderBy('id')
    .limit(EXPORT_MAX_ORGANIZATIONS)
    .execute();
  return rows.map((row) => row.id);
}

async function readRecords(tx: Tx, ctx: Context, territoryId: Id, ids: readonly Id[]): Promise<ExportedRecord[]> {
  const organizations = await tx
    .selectFrom('organization')
    .selectAll()
    .where('id', 'in', ids)
    .where('territory_id', '=', territoryId)
    .where('status', '=', 'published')
    .execute();
  const places = await tx
    .selectFrom('place')
    .leftJoin('neighbourhood', 'neighbourhood.id', 'place.neighbourhood_id')
    .selectAll('place')
    .select('neighbourhood.name as neighbourhood')
    .where('place.organization_id', 'in', ids)
    .orderBy('place.position')
    .orderBy('place.id')
    .execute();
  const services = await tx
    .selectFrom('service')
    .selectAll()
    .where('organization_id', 'in', ids)
    .orderBy('position')
    .orderBy('id')
    .execute();
  const links = await tx
    .selectFrom('service_place')
    .innerJoin('service', 'service.id', 'service_place.service_id')
    .select(['service_place.service_id', 'service_place.place_id'])
    .where('service.organization_id', 'in', ids)
    .orderBy('service_place.place_id')
    .execute();
  const posts = await readPosts(tx, ctx, ids);
  const placesOf = Map.groupBy(places, (row) => row.organization_id);
  const servicesOf = Map.groupBy(services, (row) => row.organization_id);
  const linksOf = Map.groupBy(links, (row) => row.service_id);
  const postsOf = Map.groupBy(posts, (row) => row.organization_id);
  const byId = new Map(organizations.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return {
      organization: organizationRecord(row),
      places: (placesOf.get(id) ?? []).map(placeRecord),
      services: (servicesOf.get(id) ?? []).map((service) =>
        serviceRecord(
          service,
          (linksOf.get(service.id) ?? []).map((link) => link.place_id)
        )
      ),
      posts: (postsOf.get(id) ?? []).map(postRecord)
    };
  });
}

/** Needs and offers as the sheets show them: the live ones, and for a while those that are settled. */
function readPosts(tx: Tx, ctx: Context, ids: readonly Id[]): Promise<Selectable<DB['post']>[]> {
  const since = new Date(ctx.now.getTime() - POST_SHOWN_AFTER_DAYS * 86_400_000);
  return tx
    .selectFrom('post')
    .selectAll()
    .where('organization_id', 'in', ids)
    .where((where) =>
      where.or([
        where('state', 'in', ['open', 'in-contact']),
        where.and([where('state', 'in', ['fulfilled', 'expired']), where('state_changed_at', '>', since)])
      ])
    )
    .orderBy('id')
    .execute();
}

function organizationRecord(row: Selectable<DB['organization']>): OrganizationRecord & { id: Id } {
  return {
    kind: 'organization',
    id: row.id,
    source: row.source,
    sourceId: row.source_id,
    name: row.name,
    acronym: row.acronym,
    legalForm: LEGAL_FORM_WORDS[row.legal_form as keyof typeof LEGAL_FORM_WORDS] ?? null,
    siret: row.siret,
    rna: row.rna,
    description: row.description,
    descriptionEn: row.description_en,
    plainDescription: row.plain_description,
    website: row.website,
    phone: row.phone,
    email: row.email,
    themes: row.themes as OrganizationRecord['themes'],
    words: row.local_themes,
    publics: row.publics as OrganizationRecord['publics'],
    networks: row.networks as OrganizationRecord['networks'],
    sourceUrl: row.source_url,
    updatedOn: dateText(row.source_updated_on),
    status: 'active',
    promiseMonths: row.promise_months
  };
}

function placeRecord(row: Selectable<DB['place']> & { neighbourhood: string | null }): PlaceRecord {
  return {
    key: row.id,
    label: row.label,
    address: row.address,
    addressComplement: row.address_complement,
    postcode: row.postcode,
    city: row.city,
    cityCode: row.city_code,
    neighbourhood: row.neighbourhood,
    latitude: row.latitude,
    longitude: row.longitude,
    openingHours: row.opening_hours,
    openingHoursNote: null,
    accessibility: row.accessibility,
    accessibilityUrl: row.accessibility_url
  };
}

function serviceRecord(row: Selectable<DB['service']>, placeKeys: readonly Id[]): ServiceRecord {
  return {
    key: row.id,
    source: row.source,
    sourceId: row.source_id,
    name: row.name,
    description: row.description,
    kind: row.kind as ServiceRecord['kind'],
    themes: row.themes as ServiceRecord['themes'],
    words: [],
    fee: row.fees as ServiceRecord['fee'],
    feeDetails: row.fees_details,
    publics: row.publics as ServiceRecord['publics'],
    publicsDetails: row.publics_details,
    accessConditions: row.conditions,
    phone: row.phone,
    email: row.email,
    contactName: null,
    contactRole: row.contact_role,
    receptionModes: row.reception_modes as ServiceRecord['receptionModes'],
    mobilizationModes: row.mobilization_modes as ServiceRecord['mobilizationModes'],
    mobilizationUrl: row.mobilization_url,
    mobilizationDetails: row.mobilization_details,
    mobilizableBy: row.mobilized_by as ServiceRecord['mobilizableBy'],
    eligibilityZone: row.eligibility_zones,
    weeklyHours: row.hours_per_week === null ? null : Number(row.hours_per_week),
    weeks: row.weeks_count,
    openingHours: row.opening_hours,
    sourceUrl: row.source_url,
    updatedOn: dateText(row.source_updated_on),
    placeKeys
  };
}

function postRecord(row: Selectable<DB['post']>): PostRecord {
  return {
    key: row.id,
    kind: row.kind,
    category: row.category,
    title: row.title,
    description: row.description,
    state: row.state,
    expiresOn: dateText(row.expires_on),
    outcome: row.outcome
  };
}

/** A date of the database is text already (`YYYY-MM-DD`), whatever its generated type says. */
function dateText(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
