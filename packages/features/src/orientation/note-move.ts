import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';

/** Writes down, in the history of a request, a gesture of the team that leaves it in its state. */
export async function noteMove(
  tx: Tx,
  ctx: Context,
  request: { readonly id: Id; readonly territoryId: Id; readonly state: string },
  move: 'promise' | 'keep-promise' | 'answer',
  reason: string | null
): Promise<void> {
  await tx
    .insertInto('request_move')
    .values({
      request_id: request.id,
      territory_id: request.territoryId,
      move,
      from_state: request.state,
      to_state: request.state,
      reason,
      moved_by: ctx.actor.accountId,
      moved_as: 'team',
      moved_at: ctx.now
    })
    .execute();
}
