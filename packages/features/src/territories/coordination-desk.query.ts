import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';
import { maySeeDesk } from './territories.policy.ts';

/** One pile of the desk: how many wait, and since when the oldest does. */
export interface Pile {
  readonly count: number;
  readonly since: Date | null;
}

/** What waits for the staff of a territory, and what its pages still lack. */
export interface CoordinationDesk {
  readonly heldSheets: Pile;
  readonly corrections: Pile;
  readonly flags: Pile;
  readonly likelySame: Pile;
  readonly preparedImports: Pile;
  readonly staleSheets: Pile;
  readonly publishedSheets: number;
  readonly neighbourhoods: number;
  readonly figures: number;
  readonly hasContact: boolean;
}

interface DeskRow {
  readonly pile: 'held' | 'corrections' | 'flags' | 'same' | 'imports' | 'stale';
  readonly count: number;
  readonly since: Date | null;
}

/** The desk of a territory's staff; null for anybody else. */
export async function coordinationDesk(ctx: Context, territoryId: Id): Promise<CoordinationDesk | null> {
  if (!maySeeDesk(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const piles = await sql<DeskRow>`
      select 'held' as pile, count(*)::int as count, min(created_at) as since
        from organization where territory_id = ${territoryId} and status = 'held'
      union all select 'corrections', count(*)::int, min(received_at)
        from correction where territory_id = ${territoryId} and state = 'open'
      union all select 'flags', count(*)::int, min(received_at)
        from flag where territory_id = ${territoryId} and decision_id is null
      union all select 'same', count(*)::int, null
        from duplicate_pair where territory_id = ${territoryId} and state = 'open'
      union all select 'imports', count(*)::int, min(created_at)
        from import_run where territory_id = ${territoryId} and state = 'prepared'
      union all select 'stale', count(*)::int, min(stale_at)
        from organization where territory_id = ${territoryId} and status = 'published' and stale_at <= ${ctx.now}`.execute(
      tx
    );
    const facts = await sql<{ published: number; neighbourhoods: number; figures: number; contact: unknown }>`
      select (select count(*)::int from organization where territory_id = ${territoryId} and status = 'published') as published,
        (select count(*)::int from neighbourhood where territory_id = ${territoryId}) as neighbourhoods,
        (select count(*)::int from figure where territory_id = ${territoryId}) as figures,
        (select value from territory_setting where territory_id = ${territoryId} and key = 'contact'
          order by set_at desc, id desc limit 1) as contact`.execute(tx);
    const byName = new Map(piles.rows.map((row) => [row.pile, { count: row.count, since: row.since }]));
    const pile = (name: DeskRow['pile']): Pile => byName.get(name) ?? { count: 0, since: null };
    const { published, neighbourhoods, figures, contact } = facts.rows[0]!;
    return {
      heldSheets: pile('held'),
      corrections: pile('corrections'),
      flags: pile('flags'),
      likelySame: pile('same'),
      preparedImports: pile('imports'),
      staleSheets: pile('stale'),
      publishedSheets: published,
      neighbourhoods,
      figures,
      hasContact: contact !== null
    };
  });
}
