import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { instantAt, plusLocalDays, type Instant, type LocalDate } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { timeZoneOf } from '../directory/time-zone.ts';
import { asPlatform } from '../trust/as-platform.ts';
import type {
  CountedDossier,
  CountedNote,
  CountedOrientation,
  CountedRequest,
  CountedWork,
  ReportMaterial
} from './report-material.rules.ts';

export interface ReportScope {
  readonly territoryId: Id;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** One facilitator's own work; null: all of them together. */
  readonly accountId: Id | null;
}

interface Period extends ReportScope {
  readonly start: Instant;
  readonly end: Instant;
  readonly now: Instant;
}

/** Rows read of one table for one report; a year of a large territory is well under it. */
const ROWS_MAX_COUNT = 50_000;

/**
 * What a report counts: durations, kinds and dates, never a word of a note. Read with the platform's rights, since a
 * facilitator's hours stay theirs once the dossier is somebody else's, and a coordinator reads sums of what they may not
 * open. Whoever called has checked that the actor may have these sums.
 */
export async function reportMaterial(tx: Tx, scope: ReportScope, now: Instant): Promise<ReportMaterial> {
  const timeZone = await timeZoneOf(tx, scope.territoryId);
  const period = {
    ...scope,
    start: instantAt(scope.from, '00:00', timeZone),
    end: instantAt(plusLocalDays(scope.to, 1), '00:00', timeZone),
    now
  };
  return asPlatform(tx, async () => ({
    dossiers: await dossiersOf(tx, period),
    notes: await notesOf(tx, period),
    requests: await requestsOf(tx, period),
    orientations: await orientationsOf(tx, period),
    coordination: await coordinationOf(tx, period),
    neighbourhoods: await neighbourhoodsOf(tx, period)
  }));
}

/** Vintages of the priority neighbourhoods in which a point lies. */
function priorityOf(point: ReturnType<typeof sql>) {
  return sql`array(select distinct q.vintage::int from priority_neighbourhood q, (select ${point} as at) here
    where q.territory_id = n.territory_id
      and (select count(*) from unnest(q.edges) as edge where edge @> here.at)
        > (select count(*) from unnest(q.holes) as hole where hole @> here.at))`;
}

/** The middle of a neighbourhood, where nothing more precise is known. */
const MIDDLE = sql`(select point(edge) from unnest(outline_rings(n.outline, false)) as edge limit 1)`;

async function dossiersOf(tx: Tx, period: Period): Promise<CountedDossier[]> {
  const { territoryId, accountId, start, end, from, to } = period;
  const { rows } = await sql<CountedDossier>`
    select d.id, d.kind, d.neighbourhood_id as "neighbourhoodId", d.themes,
      coalesce(${priorityOf(sql`coalesce(place.at, ${MIDDLE})`)}, '{}') as "inPriority",
      coalesce(place.at, ${MIDDLE}) is not null as "isLocated",
      (mine.is_mine and coalesce(before.to_state, 'requested') not in
        ('redirected', 'interrupted', 'closed', 'check-up-12', 'check-up-24')) as "wasOpen",
      (mine.is_mine and d.opened_at >= ${start}) as "isNew",
      case when mine.is_mine then array(select distinct m.to_state from dossier_move m
        where m.dossier_id = d.id and m.moved_at >= ${start} and m.moved_at < ${end}) else '{}' end as reached,
      case when mine.is_mine then (select jsonb_build_object('useful', b.useful, 'holds', b.holds, 'again', b.again)
        from dossier_feedback b where b.dossier_id = d.id and b.given_at >= ${start} and b.given_at < ${end}
        order by b.given_at desc limit 1) end as feedback
    from dossier d
      left join neighbourhood n on n.id = d.neighbourhood_id
      left join lateral (select point(p.longitude, p.latitude) as at from place p
        where p.organization_id = d.organization_id and p.latitude is not null order by p.id limit 1) place on true
      left join lateral (select m.to_state from dossier_move m
        where m.dossier_id = d.id and m.moved_at < ${start} order by m.moved_at desc, m.id desc limit 1) before on true
      cross join lateral (select ${accountId}::uuid is null or exists (select from dossier_member c
        where c.dossier_id = d.id and c.account_id = ${accountId}::uuid and c.role = 'facilitator'
          and c.joined_at < ${end} and (c.left_at is null or c.left_at >= ${start})) as is_mine) mine
    where d.territory_id = ${territoryId} and d.opened_at < ${end}
      and (mine.is_mine or exists (select from note w where w.dossier_id = d.id and w.written_by = ${accountId}::uuid
        and w.happened_on between ${from}::date and ${to}::date))
    order by d.id limit ${ROWS_MAX_COUNT}`.execute(tx);
  return rows;
}

async function notesOf(tx: Tx, { territoryId, accountId, from, to }: Period): Promise<CountedNote[]> {
  const { rows } = await sql<CountedNote>`
    select id, dossier_id as "dossierId", minutes, kind from note
    where territory_id = ${territoryId} and happened_on between ${from}::date and ${to}::date
      and (${accountId}::uuid is null or written_by = ${accountId}::uuid)
    order by id limit ${ROWS_MAX_COUNT}`.execute(tx);
  return rows;
}

/** As the rates of answers count them: neither drafts, nor what was withdrawn, nor abuse. */
async function requestsOf(tx: Tx, { territoryId, accountId, start, end, now }: Period): Promise<CountedRequest[]> {
  const { rows } = await sql<CountedRequest>`
    select r.id, r.neighbourhood_id as "neighbourhoodId", r.themes,
      coalesce(${priorityOf(MIDDLE)}, '{}') as "inPriority",
      (r.answered_at is not null or r.answer_due_at < ${now}) as "isDue",
      coalesce(r.answered_at <= r.answer_due_at, false) as "isInTime",
      (case when r.answered_at is not null
        then greatest(0, extract(epoch from r.answered_at - r.submitted_at))::int / 86400 end) as "answerDays"
    from request r left join neighbourhood n on n.id = r.neighbourhood_id
    where r.territory_id = ${territoryId} and r.submitted_at >= ${start} and r.submitted_at < ${end}
      and r.state not in ('draft', 'withdrawn') and r.close_reason is distinct from 'spam'
      and (${accountId}::uuid is null or r.responsible_id = ${accountId}::uuid)
    order by r.id limit ${ROWS_MAX_COUNT}`.execute(tx);
  return rows;
}

async function orientationsOf(tx: Tx, { territoryId, accountId, start, end }: Period): Promise<CountedOrientation[]> {
  const { rows } = await sql<CountedOrientation>`
    select f.id, f.request_id as "requestId", f.state, r.themes, r.neighbourhood_id as "neighbourhoodId",
      coalesce(${priorityOf(MIDDLE)}, '{}') as "inPriority"
    from request_offer f join request r on r.id = f.request_id left join neighbourhood n on n.id = r.neighbourhood_id
    where f.territory_id = ${territoryId} and f.kind = 'hand-over' and f.offered_at >= ${start} and f.offered_at < ${end}
      and (${accountId}::uuid is null or f.offered_by = ${accountId}::uuid)
    order by f.id limit ${ROWS_MAX_COUNT}`.execute(tx);
  return rows;
}

async function coordinationOf(tx: Tx, { territoryId, accountId, from, to }: Period): Promise<CountedWork[]> {
  const { rows } = await sql<CountedWork>`
    select w.id, w.kind, w.minutes, w.themes, w.neighbourhood_id as "neighbourhoodId",
      coalesce(${priorityOf(MIDDLE)}, '{}') as "inPriority"
    from coordination_work w left join neighbourhood n on n.id = w.neighbourhood_id
    where w.territory_id = ${territoryId} and w.happened_on between ${from}::date and ${to}::date
      and (${accountId}::uuid is null or w.written_by = ${accountId}::uuid)
    order by w.id limit ${ROWS_MAX_COUNT}`.execute(tx);
  return rows;
}

async function neighbourhoodsOf(tx: Tx, { territoryId }: Period): Promise<ReportMaterial['neighbourhoods']> {
  return tx
    .selectFrom('neighbourhood')
    .select(['id', 'name'])
    .where('territory_id', '=', territoryId)
    .orderBy('position')
    .orderBy('name')
    .execute();
}
