import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { todayIn } from './circle.ts';
import { mayLogCoordinationWork } from './coordination-work.policy.ts';
import type { CoordinationWorkKind } from './coordination-work.schema.ts';
import { neighbourhoodsOf } from './list-coordination-work.query.ts';

/** A line of one's own log, as its form shows it. */
export interface OwnWork {
  readonly today: LocalDate;
  readonly clientId: string;
  readonly happenedOn: LocalDate;
  readonly minutes: number;
  readonly kind: CoordinationWorkKind;
  readonly themes: readonly string[];
  readonly neighbourhood: string;
  readonly sentence: string;
  readonly neighbourhoods: readonly { readonly id: Id; readonly name: string }[];
}

/** One's own line, to be corrected; null when it is not there or not one's own. */
export async function findCoordinationWork(ctx: Context, territoryId: Id, workId: string): Promise<OwnWork | null> {
  if (!mayLogCoordinationWork(ctx.actor, territoryId) || !isId(workId)) return null;
  return reading(ctx, async (tx) => {
    const row = await tx
      .selectFrom('coordination_work')
      .selectAll()
      .where('id', '=', workId)
      .where('territory_id', '=', territoryId)
      .where('written_by', '=', ctx.actor.accountId)
      .executeTakeFirst();
    if (!row) return null;
    return {
      today: await todayIn(tx, ctx, territoryId),
      clientId: row.client_id,
      happenedOn: row.happened_on,
      minutes: row.minutes,
      kind: row.kind as CoordinationWorkKind,
      themes: row.themes,
      neighbourhood: row.neighbourhood_id ?? '',
      sentence: row.sentence,
      neighbourhoods: await neighbourhoodsOf(tx, territoryId)
    };
  });
}
