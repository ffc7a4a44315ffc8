import { carriesMarks, rankSheets } from '@terreau/database/search';
import { planSearch } from '@terreau/database/search-plan';
import type { Tx } from '@terreau/database/transaction';
import { THEMES } from '@terreau/formats/vocabulary';
import { isId, type Id } from '@terreau/kernel/ids';
import { plusDays, type Instant, type LocalDate } from '@terreau/kernel/instants';
import { ASKER_THEMES_MAX, type Asker } from '@terreau/matching/asker';
import type { Scope, Support, SupportKind } from '@terreau/matching/support';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { SuggestionSearch } from './suggest-supports.query.ts';

/** Sheets on the subject that are read before they are ordered; beyond, the answer says that it is not whole. */
export const SUBJECT_SHEETS_MAX = 3000;
/** The nearest of them, which the engine compares. */
export const SUBJECT_CANDIDATES_MAX = 300;
/** The sheets whose text answers best. */
export const TEXT_CANDIDATES_MAX = 100;
/** A text that answers less than this share of what the best one does is no answer. */
const TEXT_SHARE_MIN = 0.3;
/** Over how many days offers and answers are counted. */
const LATELY_DAYS = 90;

export interface Candidates {
  readonly supports: readonly Support[];
  readonly isWhole: boolean;
}

/** What may be proposed, as the engine reads it: on the subject, or found by the words; bounded both ways. */
export async function findCandidates(
  tx: Tx,
  search: SuggestionSearch,
  asker: Asker,
  now: Instant,
  today: LocalDate
): Promise<Candidates> {
  const collection = await collectionOf(tx, search.territoryId);
  const isSearched = (search.text ?? '').trim() !== '';
  const relevance = isSearched ? await relevanceOf(tx, search, collection) : new Map<Id, number>();
  const hasSubject = asker.themes.length > 0 || !isSearched;
  const subject = hasSubject ? await subjectCandidates(tx, search, asker, collection) : { ids: [], isWhole: true };
  const rows = await readRows(tx, [...new Set([...relevance.keys(), ...subject.ids])], search, now);
  return {
    supports: rows.map((row) => supportOf(row, today, isSearched ? (relevance.get(row.id) ?? 0) : undefined)),
    isWhole: subject.isWhole
  };
}

/** Supports stand in `search_document` under a number that each territory has for them (migration 0041). */
async function collectionOf(tx: Tx, territoryId: Id): Promise<Id> {
  const { rows } = await sql<{ id: Id }>`select search_supports_of(${territoryId}::uuid) as id`.execute(tx);
  return rows[0]!.id;
}

/** How well the texts answer the words, as a share of the best answer. */
async function relevanceOf(tx: Tx, search: SuggestionSearch, collection: Id): Promise<Map<Id, number>> {
  const plan = await planSearch(tx, collection, search.text ?? '');
  if (plan.words.length === 0) return new Map();
  const { sheets } = await rankSheets(tx, plan, conditionOf(collection, search.kinds ?? []), TEXT_CANDIDATES_MAX);
  const best = sheets[0]?.score ?? 0;
  if (best <= 0) return new Map();
  const shares = sheets.map((sheet) => [sheet.organizationId, Math.min(1, sheet.score / best)] as const);
  return new Map(shares.filter(([, share]) => share >= TEXT_SHARE_MIN));
}

/** The sheets of the same themes, nearest first; neighbouring themes only where these are few. */
async function subjectCandidates(tx: Tx, search: SuggestionSearch, asker: Asker, collection: Id) {
  const codes = asker.themes.slice(0, ASKER_THEMES_MAX).map((theme) => theme.code);
  const same = await nearest(tx, conditionOf(collection, search.kinds ?? [], codes), asker.point);
  if (codes.length === 0 || same.ids.length === SUBJECT_CANDIDATES_MAX)
    return { ...same, isWhole: codes.length === 0 && same.isWhole };
  const families = await nearest(tx, conditionOf(collection, search.kinds ?? [], familiesOf(codes)), asker.point);
  return { ids: [...same.ids, ...families.ids], isWhole: families.isWhole };
}

async function nearest(tx: Tx, condition: RawBuilder<SqlBool>, point: Asker['point']) {
  const { rows } = await sql<{ id: Id; read: number }>`
    select id, read from (
      select d.organization_id as id, ${squaredDegrees(point)} as far, (count(*) over ())::int as read
      from (select * from search_document d where ${condition} limit ${SUBJECT_SHEETS_MAX}) as d) as u
    order by far nulls last, id limit ${SUBJECT_CANDIDATES_MAX}`.execute(tx);
  return { ids: rows.map((row) => row.id), isWhole: (rows[0]?.read ?? 0) <= SUBJECT_CANDIDATES_MAX };
}

/** To order by distance, a plane is enough; the engine measures again. */
function squaredDegrees(point: Asker['point']): RawBuilder<number | null> {
  if (point === null) return sql`null::float8`;
  return sql`(d.latitude - ${point.latitude}::float8) ^ 2
    + ((d.longitude - ${point.longitude}::float8) * cos(radians(${point.latitude}::float8))) ^ 2`;
}

function conditionOf(collection: Id, kinds: readonly SupportKind[], themes: readonly string[] = []) {
  const marks = carriesMarks({
    all: [`territory:${collection}`],
    oneOf: [themes.map((code) => `theme:${code}`), kinds.map((kind) => `kind:${kind}`)]
  });
  return sql<SqlBool>`d.territory_id = ${collection} and ${marks}`;
}

/** The codes themselves, and all of their families. */
function familiesOf(codes: readonly string[]): string[] {
  const families = new Set(codes.map((code) => code.split('--')[0]));
  return [...new Set([...codes, ...THEMES.filter((theme) => families.has(theme.group)).map((theme) => theme.code)])];
}

type Row = Awaited<ReturnType<typeof readRows>>[number];

async function readRows(tx: Tx, ids: readonly Id[], search: SuggestionSearch, now: Instant) {
  if (ids.length === 0) return [];
  const since = plusDays(now, -LATELY_DAYS);
  return tx
    .selectFrom('support')
    .select(['support.id', 'kind', 'themes', 'local_themes', 'publics', 'languages', 'accessibility', 'legal_forms'])
    .select(['min_age_months', 'max_age_months', 'min_employees', 'max_employees', 'scope_kind', 'scope_codes'])
    .select(['territory_id', 'latitude', 'longitude', 'radius_metres', 'opens_on', 'closes_on', 'checked_on'])
    .select(['proposed_until', 'capacity'])
    .select([
      sql<number>`case when capacity is null then 0 else support_load(support.id) end`.as('open'),
      sql<number>`(select count(*)::int from request_offer o where o.support_id = support.id and o.offered_at >= ${since})`.as(
        'suggested'
      ),
      sql<number>`(select count(*)::int from request_offer o where o.support_id = support.id and o.offered_at >= ${since}
        and o.answered_at is not null)`.as('answered')
    ])
    .where('support.id', 'in', ids)
    .where('support.territory_id', '=', search.territoryId)
    .where('status', '=', 'published')
    .$if(isId(search.organizationId), (query) =>
      query.where('support.organization_id', 'is distinct from', search.organizationId!)
    )
    .execute();
}

function supportOf(row: Row, today: LocalDate, textRelevance: number | undefined): Support {
  const location =
    row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude };
  const isPast = row.closes_on !== null && row.closes_on < today;
  return {
    id: row.id,
    kind: row.kind as SupportKind,
    themes: [...row.themes, ...row.local_themes],
    publics: row.publics,
    languages: row.languages,
    // A sheet names what its place has; what it does not name is to be asked.
    accessibility: Object.fromEntries(row.accessibility.map((feature) => [feature, true])),
    scopes: scopesOf(row, location),
    legalForms: row.legal_forms,
    ageMonths: bounds(row.min_age_months, row.max_age_months),
    employees: bounds(row.min_employees, row.max_employees),
    budgetCents: {},
    openFrom: row.opens_on,
    openUntil: row.closes_on,
    checkedOn: row.checked_on,
    stale: !isPast && row.proposed_until !== null && row.proposed_until < today,
    load: row.capacity === null ? null : { open: row.open, places: row.capacity },
    lately: { suggested: row.suggested, answered: row.answered },
    location,
    ...(textRelevance === undefined ? {} : { textRelevance })
  };
}

function scopesOf(row: Row, location: Support['location']): Scope[] {
  switch (row.scope_kind) {
    case 'national':
      return [{ level: 'national' }];
    case 'territory':
      return [{ level: 'territory', codes: [row.territory_id] }];
    case 'circle':
      return location && row.radius_metres ? [{ level: 'around', point: location, km: row.radius_metres / 1000 }] : [];
    case 'priority-neighbourhood':
      return [{ level: 'qpv', codes: row.scope_codes }];
    default:
      return [{ level: row.scope_kind as 'region' | 'departement' | 'epci' | 'commune', codes: row.scope_codes }];
  }
}

function bounds(min: number | null, max: number | null): Support['ageMonths'] {
  return { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };
}
