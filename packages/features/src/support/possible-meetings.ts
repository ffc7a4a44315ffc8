import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate, plusDays, type LocalDate } from '@terreau/kernel/instants';
import { findMeetings, type Action, type PossibleMeeting } from '@terreau/matching/close-actions';
import { sql } from 'kysely';
import { placeOfAsker } from '../orientation/asker-place.ts';
import { timeZoneOf } from '../directory/time-zone.ts';
import { asPlatform } from '../trust/as-platform.ts';
import type { OwnDossier } from './circle.ts';
import { factsOf } from './facts.ts';
import { OPEN_FOR_ONE_MAX_COUNT, PAUSE_AFTER_NO_DAYS } from './introduction.rules.ts';
import { MEETING_CATEGORIES } from './introduction.schema.ts';

export const NEEDS_FACT = 'project.needs';
export const OFFERS_FACT = 'project.offers';

/** Somebody whom a dossier could meet, with the action that speaks for it. */
export interface Suggestion extends Omit<PossibleMeeting, 'actor' | 'actionId' | 'strength'> {
  /** `organization-<id>` or `dossier-<id>`. */
  readonly counterpart: string;
  /** The structure's name; the title of a dossier whose circle chose to be seen. */
  readonly name: string;
  /** The service, the need or the offer; null for a dossier. */
  readonly action: string | null;
}

type DossierRow = Pick<
  OwnDossier['row'],
  'id' | 'territory_id' | 'organization_id' | 'themes' | 'publics' | 'neighbourhood_id'
>;

/** Rows of each kind that are compared, by id: enough for a town, and a bound for a region. */
const COMPARED_MAX_ROWS = 500;

/**
 * Whom a dossier could meet: structures whose sheet is published, by their services, needs and offers, and dossiers whose
 * circle chose to be seen in the territory. Never who was already proposed or put aside, who said no in the last year,
 * nor who has three proposals before them.
 */
export async function possibleMeetings(
  tx: Tx,
  ctx: Context,
  dossier: DossierRow,
  most?: number
): Promise<Suggestion[]> {
  const today = localDate(ctx.now, await timeZoneOf(tx, dossier.territory_id));
  const own = await actionOf(tx, dossier, today);
  const candidates = [
    ...(await supportsLike(tx, dossier, own, today)),
    ...(await postsFor(tx, dossier, own, today)),
    ...(await dossiersLike(tx, dossier, own))
  ];
  const passed = await passedOver(tx, ctx, dossier);
  const open = candidates.filter(({ actor }) => !passed.has(actor));
  const byId = new Map(open.map((candidate) => [candidate.id, candidate]));
  return findMeetings(own, open, most).map(({ actor, actionId, kind, reasons }) => {
    const { name, action } = byId.get(actionId)!;
    return { counterpart: actor, kind, reasons, name, action };
  });
}

interface Candidate extends Action {
  readonly name: string;
  readonly action: string | null;
}

/** What the dossier is about, as somebody confirmed it: nothing is read out of its words. */
async function actionOf(tx: Tx, dossier: DossierRow, today: LocalDate): Promise<Action> {
  const facts = await factsOf(tx, dossier.id, [NEEDS_FACT, OFFERS_FACT]);
  const posts = dossier.organization_id
    ? await tx
        .selectFrom('post')
        .select(['kind', 'category'])
        .where('organization_id', '=', dossier.organization_id)
        .where('state', '=', 'open')
        .where('hidden_at', 'is', null)
        .where('expires_on', '>=', today)
        .where('category', 'in', [...MEETING_CATEGORIES])
        .limit(COMPARED_MAX_ROWS)
        .execute()
    : [];
  const listed = (fact: string, kind: string) => [
    ...(facts.get(fact)?.value?.split(',').filter(Boolean) ?? []),
    ...posts.filter((post) => post.kind === kind).map((post) => post.category)
  ];
  const place = { territoryId: dossier.territory_id, neighbourhoodId: dossier.neighbourhood_id };
  return {
    id: dossier.id,
    actor: dossier.organization_id ? `organization-${dossier.organization_id}` : `dossier-${dossier.id}`,
    isDone: true,
    themes: dossier.themes,
    publics: dossier.publics,
    neighbourhood: dossier.neighbourhood_id,
    point: dossier.neighbourhood_id ? (await placeOfAsker(tx, place)).point : null,
    from: today,
    until: null,
    needs: [...new Set(listed(NEEDS_FACT, 'need'))],
    offers: [...new Set(listed(OFFERS_FACT, 'offer'))]
  };
}

/** What a sheet of the catalogue offers, besides what it does. */
const OFFERED_BY_KIND: Readonly<Record<string, readonly string[]>> = {
  room: ['room'],
  equipment: ['equipment'],
  training: ['skill'],
  service: []
};

async function supportsLike(tx: Tx, dossier: DossierRow, own: Action, today: LocalDate): Promise<Candidate[]> {
  const kinds = Object.entries(OFFERED_BY_KIND).filter(([, offers]) => offers.some((one) => own.needs.includes(one)));
  const rows = await tx
    .selectFrom('support')
    .innerJoin('organization', 'organization.id', 'support.organization_id')
    .select(['support.id', 'support.kind', 'support.title', 'support.themes', 'support.publics'])
    .select(['support.neighbourhood_id', 'support.latitude', 'support.longitude', 'opens_on', 'closes_on'])
    .select(['organization.id as organizationId', 'organization.name'])
    .where('support.territory_id', '=', dossier.territory_id)
    .where('support.status', '=', 'published')
    .where('organization.status', '=', 'published')
    .where('support.kind', 'in', Object.keys(OFFERED_BY_KIND))
    .where((where) => where.or([where('proposed_until', 'is', null), where('proposed_until', '>=', today)]))
    .where((where) =>
      where.or([
        sql<boolean>`support.themes && ${own.themes}::text[]`,
        sql<boolean>`support.kind = any(${kinds.map(([kind]) => kind)}::text[])`
      ])
    )
    .orderBy('support.id')
    .limit(COMPARED_MAX_ROWS)
    .execute();
  return rows.map((row) => ({
    ...row,
    actor: `organization-${row.organizationId}`,
    action: row.title,
    isDone: row.kind === 'service' || row.kind === 'training',
    neighbourhood: row.neighbourhood_id,
    point: pointOf(row),
    from: row.opens_on,
    until: row.closes_on,
    needs: [],
    offers: OFFERED_BY_KIND[row.kind] ?? []
  }));
}

async function postsFor(tx: Tx, dossier: DossierRow, own: Action, today: LocalDate): Promise<Candidate[]> {
  if (own.needs.length + own.offers.length === 0) return [];
  const { rows } = await sql<PostRow>`
    select f.id, f.kind, f.category, f.title, f.expires_on, o.id as "organizationId", o.name, o.themes, o.publics,
      p.neighbourhood_id, p.latitude, p.longitude
    from post f join organization o on o.id = f.organization_id
    left join lateral (
      select x.* from place x where x.organization_id = o.id order by x.position, x.id limit 1) p on true
    where f.territory_id = ${dossier.territory_id} and f.state = 'open' and f.hidden_at is null
      and f.expires_on >= ${today} and o.status = 'published' and o.dormant_at is null
      and (f.kind = 'offer' and f.category = any(${own.needs}::text[])
        or f.kind = 'need' and f.category = any(${own.offers}::text[]))
    order by f.id limit ${COMPARED_MAX_ROWS}`.execute(tx);
  return rows.map((row) => ({
    ...row,
    actor: `organization-${row.organizationId}`,
    action: row.title,
    isDone: false,
    neighbourhood: row.neighbourhood_id,
    point: pointOf(row),
    from: null,
    until: null,
    needs: row.kind === 'need' ? [row.category] : [],
    offers: row.kind === 'offer' ? [row.category] : []
  }));
}

interface PostRow {
  readonly id: Id;
  readonly kind: 'need' | 'offer';
  readonly category: string;
  readonly title: string;
  readonly organizationId: Id;
  readonly name: string;
  readonly themes: string[];
  readonly publics: string[];
  readonly neighbourhood_id: Id | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** Of projects that are shown in the territory, what is shown of them; the platform reads whether they still go on. */
async function dossiersLike(tx: Tx, dossier: DossierRow, own: Action): Promise<Candidate[]> {
  if (own.themes.length === 0) return [];
  const rows = await asPlatform(tx, () =>
    tx
      .selectFrom('shared_project as shown')
      .innerJoin('dossier', 'dossier.id', 'shown.dossier_id')
      .select(['dossier.id', 'shown.title', 'shown.themes', 'shown.neighbourhood_id'])
      .where('shown.territory_id', '=', dossier.territory_id)
      .where('shown.dossier_id', '!=', dossier.id)
      .where('shown.withdrawn_at', 'is', null)
      .where('shown.hidden_at', 'is', null)
      .where('dossier.state', 'not in', ['redirected', 'interrupted', 'closed', 'check-up-24'])
      .where(sql<boolean>`shown.themes && ${own.themes}::text[]`)
      .orderBy('dossier.id')
      .limit(COMPARED_MAX_ROWS)
      .execute()
  );
  return rows.map((row) => ({
    ...row,
    actor: `dossier-${row.id}`,
    isDone: true,
    publics: [],
    name: row.title,
    action: null,
    neighbourhood: row.neighbourhood_id,
    point: null,
    from: null,
    until: null,
    needs: [],
    offers: []
  }));
}

/** Whom it is no use, or no kindness, to propose. Counted over all dossiers, of which the actor learns nothing else. */
async function passedOver(tx: Tx, ctx: Context, dossier: DossierRow): Promise<Set<string>> {
  const since = plusDays(ctx.now, -PAUSE_AFTER_NO_DAYS);
  const { rows } = await asPlatform(tx, () =>
    sql<{ actor: string }>`
      select case when i.dossier_id = ${dossier.id} and i.other_dossier_id is not null then 'dossier-' || i.other_dossier_id
        when i.dossier_id = ${dossier.id} then 'organization-' || i.organization_id
        else 'dossier-' || i.dossier_id end as actor
      from introduction i
      where (i.dossier_id = ${dossier.id} or i.other_dossier_id = ${dossier.id})
        and (i.state in ('dismissed', 'proposed', 'agreed', 'met')
          or i.state in ('declined', 'withdrawn') and i.decided_at > ${since})
      union
      select coalesce('organization-' || i.organization_id, 'dossier-' || i.other_dossier_id)
      from introduction i
      where i.territory_id = ${dossier.territory_id} and i.state = 'proposed'
      group by 1 having count(*) >= ${OPEN_FOR_ONE_MAX_COUNT}`.execute(tx)
  );
  return new Set(rows.map((row) => row.actor));
}

function pointOf(row: { latitude: number | null; longitude: number | null }): Action['point'] {
  return row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude };
}
