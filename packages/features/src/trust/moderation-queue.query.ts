import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { findContent, type ModeratedContent } from './moderated-content.ts';
import { risk, type FlagReason, type SubjectKind } from './moderation.rules.ts';
import { mayModerate } from './trust.policy.ts';

/** Cases weighed at once; what waits beyond them is counted, and comes up as they are decided. */
const CASES_WEIGHED_MAX_COUNT = 300;
export const CASES_SHOWN_MAX_COUNT = 30;

export interface WaitingCase {
  readonly content: ModeratedContent;
  readonly flags: Readonly<Partial<Record<FlagReason, number>>>;
  readonly isAppealed: boolean;
  readonly waitingSince: Instant;
  readonly risk: number;
}

/** What waits for a moderator of the territory, the riskiest first; `total` counts what is not shown as well. */
export interface ModerationQueue {
  readonly cases: readonly WaitingCase[];
  readonly total: number;
}

/** The queue, for the territory's staff; null for anybody else. */
export async function moderationQueue(ctx: Context, territoryId: Id): Promise<ModerationQueue | null> {
  if (!mayModerate(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const { rows, total } = await gather(tx, territoryId);
    const cases: WaitingCase[] = [];
    for (const row of rows) {
      const content = await findContent(tx, territoryId, row.kind, row.id);
      if (!content) continue;
      const facts = {
        flags: row.flags ?? {},
        isHeld: content.state === 'held',
        isAppealed: row.isAppealed,
        authorIsNew: content.authorTrust === 'new',
        waitingSince: row.waitingSince
      };
      cases.push({ content, ...facts, risk: risk(facts, ctx.now) });
    }
    cases.sort((a, b) => b.risk - a.risk || a.waitingSince.getTime() - b.waitingSince.getTime());
    return { cases: cases.slice(0, CASES_SHOWN_MAX_COUNT), total };
  });
}

interface Gathered {
  kind: SubjectKind;
  id: Id;
  flags: Partial<Record<FlagReason, number>> | null;
  isAppealed: boolean;
  waitingSince: Instant;
}

/** The oldest cases: open flags by subject, first readings, appeals. */
async function gather(tx: Tx, territoryId: Id): Promise<{ rows: Gathered[]; total: number }> {
  const { rows } = await sql<Gathered & { total: string }>`
    with flagged as (
      select subject_kind as kind, subject_id as id, jsonb_object_agg(reason, n) as flags, min(since) as since
      from (select subject_kind, subject_id, reason, count(*) as n, min(received_at) as since from flag
            where territory_id = ${territoryId} and decision_id is null group by 1, 2, 3) f group by 1, 2),
    held as (
      select 'organization' as kind, id, created_at as since from organization
        where territory_id = ${territoryId} and status = 'held'
      union all
      select 'skill', id, created_at from skill where territory_id = ${territoryId} and status = 'held'),
    appealed as (
      select subject_kind as kind, subject_id as id, min(appealed_at) as since from moderation_decision
      where territory_id = ${territoryId} and appealed_at is not null and appeal_decision_id is null group by 1, 2)
    select kind, id, (array_agg(flags) filter (where flags is not null))[1] as flags,
           bool_or(appeal) as "isAppealed", min(since) as "waitingSince", count(*) over () as total
    from (select kind, id, flags, since, false as appeal from flagged
          union all select kind, id, null, since, false from held
          union all select kind, id, null, since, true from appealed) c
    group by kind, id order by min(since), id limit ${CASES_WEIGHED_MAX_COUNT}`.execute(tx);
  return { rows, total: Number(rows[0]?.total ?? 0) };
}
