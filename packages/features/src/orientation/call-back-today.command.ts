import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { timeZoneOf } from '../directory/time-zone.ts';
import { noteMove } from './note-move.ts';
import { mayHaveWeek } from './week.policy.ts';

/**
 * Promises a call today to whoever sent a request that waits. Whoever promises takes a request that nobody had taken;
 * a request to which a call is already promised keeps that promise.
 */
export async function callBackToday(
  ctx: Context,
  { territoryId, requestId }: { readonly territoryId: Id; readonly requestId: Id }
): Promise<Verdict<undefined, 'not-found' | 'already-promised'>> {
  const { accountId } = ctx.actor;
  if (!accountId || !mayHaveWeek(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'call-back-today', async (tx, ledger) => {
    const request = await tx
      .selectFrom('request')
      .select(['id', 'state', 'responsible_id'])
      .where('id', '=', requestId)
      .where('territory_id', '=', territoryId)
      .where('state', 'in', ['moderation', 'open', 'offered', 'accepted'])
      .forUpdate()
      .executeTakeFirst();
    if (!request) return refuse('not-found');
    const promised = await tx
      .selectFrom('promised_contact')
      .select('id')
      .where('request_id', '=', requestId)
      .where('done_at', 'is', null)
      .executeTakeFirst();
    if (promised) return refuse('already-promised');
    await tx
      .insertInto('promised_contact')
      .values({
        territory_id: territoryId,
        request_id: requestId,
        kind: 'call',
        promised_on: localDate(ctx.now, await timeZoneOf(tx, territoryId)),
        promised_by: accountId,
        created_at: ctx.now
      })
      .execute();
    await tx
      .updateTable('request')
      .set({ responsible_id: request.responsible_id ?? accountId, updated_at: ctx.now })
      .where('id', '=', requestId)
      .execute();
    await noteMove(tx, ctx, { id: requestId, territoryId, state: request.state }, 'promise', null);
    ledger.about('request', requestId, territoryId, { move: 'promise' });
    return accept();
  });
}
