import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays, plusMonths, type Instant } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { hideSmallCells, type ShownTable } from './hidden-cells.rules.ts';
import { mayFollowRequests } from './requests.policy.ts';

const PERIOD_MONTHS = 12;

export interface UnmetNeeds {
  readonly from: Instant;
  readonly to: Instant;
  /** From so many days on, an open request that nobody accepted counts. */
  readonly days: number;
  readonly unmet: number;
  /** Requests received in the period, for the denominator. */
  readonly received: number;
  /** Codes of themes; null: none. */
  readonly themes: readonly (string | null)[];
  /** Names in the order of the map; null: not said. */
  readonly neighbourhoods: readonly (string | null)[];
  readonly table: ShownTable;
}

/**
 * Requests of the last twelve months that found nobody, by theme and neighbourhood: closed with nothing found, or open
 * for longer than the territory waits before it closes. One theme a request, its first, so that totals are those of
 * requests. For the team; null for others.
 */
export async function findUnmetNeeds(ctx: Context, territoryId: Id): Promise<UnmetNeeds | null> {
  if (!mayFollowRequests(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const days = (await settingsInForce(tx, territoryId))['request-delays'].closeAfter;
    const from = plusMonths(ctx.now, -PERIOD_MONTHS);
    const counts = await countsOf(tx, territoryId, from, plusDays(ctx.now, -days));
    const received = await sql<{ count: number }>`
      select count(*)::int as count from request r where r.territory_id = ${territoryId} and r.submitted_at >= ${from}
        and r.close_reason is distinct from 'spam'`.execute(tx);
    const themes = unique(counts.map((row) => row.theme)).toSorted(lastIfNull);
    const neighbourhoods = unique(counts.map((row) => row.neighbourhood));
    const cells = themes.map((theme) =>
      neighbourhoods.map(
        (place) => counts.find((row) => row.theme === theme && row.neighbourhood === place)?.count ?? 0
      )
    );
    const unmet = counts.reduce((total, row) => total + row.count, 0);
    return {
      from,
      to: ctx.now,
      days,
      unmet,
      received: received.rows[0]!.count,
      themes,
      neighbourhoods,
      table: hideSmallCells({ cells })
    };
  });
}

interface Count {
  readonly theme: string | null;
  readonly neighbourhood: string | null;
  readonly count: number;
}

async function countsOf(tx: Tx, territoryId: Id, from: Instant, openBefore: Instant): Promise<Count[]> {
  const { rows } = await sql<Count>`
    select r.themes[1] as theme, n.name as neighbourhood, count(*)::int as count
    from request r left join neighbourhood n on n.id = r.neighbourhood_id
    where r.territory_id = ${territoryId} and r.submitted_at >= ${from} and (
      r.state = 'closed' and r.close_reason = 'nothing-found'
      or r.state in ('open', 'offered') and r.submitted_at < ${openBefore})
    group by r.themes[1], n.name, n.position order by n.position nulls last, n.name`.execute(tx);
  return rows;
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

function lastIfNull(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.localeCompare(b);
}
