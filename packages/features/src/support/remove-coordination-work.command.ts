import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { mayLogCoordinationWork } from './coordination-work.policy.ts';

export interface RemoveCoordinationWorkRequest {
  readonly territoryId: Id;
  readonly workId: string;
}

/** Removes a line of one's own log. */
export async function removeCoordinationWork(
  ctx: Context,
  { territoryId, workId }: RemoveCoordinationWorkRequest
): Promise<Verdict<void, 'not-found'>> {
  if (!mayLogCoordinationWork(ctx.actor, territoryId) || !isId(workId)) return refuse('not-found');
  return transaction(ctx, 'remove-coordination-work', async (tx, ledger) => {
    const { numDeletedRows } = await tx
      .deleteFrom('coordination_work')
      .where('id', '=', workId)
      .where('territory_id', '=', territoryId)
      .where('written_by', '=', ctx.actor.accountId)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return refuse('not-found');
    ledger.about('coordination-work', workId, territoryId);
    return accept();
  });
}
