import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusMonths, type Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { answerRates, type AnswerCount, type AnswerRate } from './answer-rates.rules.ts';
import { mayFollowRequests } from './requests.policy.ts';

const PERIOD_MONTHS = 12;
const STRUCTURES_MAX_ROWS = 500;

export interface AnswerRates {
  readonly from: Instant;
  readonly to: Instant;
  readonly isPublic: boolean;
  /** The team's own answers to the requests that it received. */
  readonly team: AnswerRate;
  readonly structures: readonly AnswerRate[];
}

/** Who answers, and in how many days, over the last twelve months; null where the territory does not publish it. */
export async function findAnswerRates(
  ctx: Context,
  territory: { readonly id: Id; readonly name: string }
): Promise<AnswerRates | null> {
  return reading(ctx, async (tx) => {
    const isPublic = (await settingsInForce(tx, territory.id))['answers-are-public'];
    if (!isPublic && !mayFollowRequests(ctx.actor, territory.id)) return null;
    const from = plusMonths(ctx.now, -PERIOD_MONTHS);
    return asPlatform(tx, async () => {
      const team = await teamCount(tx, ctx, territory, from);
      const structures = await structureCounts(tx, ctx, territory.id, from);
      const rates = (counts: AnswerCount[]) => answerRates(counts, ctx.language);
      return { from, to: ctx.now, isPublic, team: rates([team])[0]!, structures: rates(structures) };
    });
  });
}

/** Offers that had their time: answered, or left without an answer. What was taken back before is nobody's silence. */
async function structureCounts(tx: Tx, ctx: Context, territoryId: Id, from: Instant): Promise<AnswerCount[]> {
  const { rows } = await sql<AnswerCount>`
    select o.name, count(*)::int as asked, count(f.answered_at)::int as answered,
      coalesce(array_agg(extract(epoch from f.answered_at - f.offered_at)::int / 86400)
        filter (where f.answered_at is not null), '{}') as delays
    from request_offer f join organization o on o.id = f.organization_id
    where f.territory_id = ${territoryId} and f.offered_at >= ${from} and o.status = 'published'
      and (f.answered_at is not null or f.state = 'expired' or f.state = 'pending' and f.expires_at < ${ctx.now})
    group by o.id, o.name order by o.id limit ${STRUCTURES_MAX_ROWS}`.execute(tx);
  return rows;
}

/** Requests whose promised time has passed, or that got a human answer. */
async function teamCount(
  tx: Tx,
  ctx: Context,
  { id, name }: { readonly id: Id; readonly name: string },
  from: Instant
): Promise<AnswerCount> {
  const { rows } = await sql<Omit<AnswerCount, 'name'>>`
    select count(*)::int as asked, count(r.answered_at)::int as answered,
      coalesce(array_agg(greatest(0, extract(epoch from r.answered_at - r.submitted_at))::int / 86400)
        filter (where r.answered_at is not null), '{}') as delays
    from request r
    where r.territory_id = ${id} and r.submitted_at >= ${from} and r.state not in ('draft', 'withdrawn')
      and r.close_reason is distinct from 'spam'
      and (r.answered_at is not null or r.answer_due_at < ${ctx.now})`.execute(tx);
  return { name, ...rows[0]! };
}
