import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { waitingPlaces } from './waiting-places.ts';

/** Whether the actor is in a circle of this territory, or awaited in one: what leads them to their dossiers. */
export async function hasDossiers(ctx: Context, territoryId: Id): Promise<boolean> {
  const { accountId } = ctx.actor;
  if (!accountId) return false;
  return reading(ctx, async (tx) => {
    const place = await tx
      .selectFrom('dossier_member')
      .select('id')
      .where('account_id', '=', accountId)
      .where('territory_id', '=', territoryId)
      .where((either) => either.or([either('left_at', 'is', null), either('reads_until', '>', ctx.now)]))
      .limit(1)
      .executeTakeFirst();
    return place !== undefined || (await waitingPlaces(tx, ctx, territoryId)).length > 0;
  });
}
