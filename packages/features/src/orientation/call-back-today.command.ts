import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkMove, type MoveRefusal } from './request-life.rules.ts';
import { promisedDay, withRequest, writeMove } from './request-rows.ts';
import { placeOfTerritory } from './territory-place.ts';
import { mayHaveWeek } from './week.policy.ts';

/**
 * Promises a call today to whoever sent a request that waits. Whoever promises takes a request that nobody had taken;
 * a request to which something is already promised keeps that promise.
 */
export async function callBackToday(
  ctx: Context,
  request: { readonly territoryId: Id; readonly requestId: Id }
): Promise<Verdict<undefined, 'not-found' | 'already-promised' | MoveRefusal>> {
  const { territoryId, requestId } = request;
  if (!mayHaveWeek(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'call-back-today', async (tx, ledger) => {
    const verdict = await withRequest(tx, ctx, request, async (row, mover) => {
      const checked = checkMove(row.state, 'promise', mover.roles);
      if (!checked.ok) return checked;
      if ((await promisedDay(tx, requestId)) !== null) return refuse('already-promised');
      const { timeZone } = await placeOfTerritory(tx, territoryId);
      await tx
        .insertInto('promised_contact')
        .values({
          territory_id: territoryId,
          request_id: requestId,
          kind: 'call',
          promised_on: localDate(ctx.now, timeZone),
          promised_by: mover.accountId,
          created_at: ctx.now
        })
        .execute();
      const change = row.responsibleId ? {} : { responsible_id: mover.accountId };
      await writeMove(tx, ctx.now, row, mover, { move: 'promise', to: checked.value, change });
      ledger.about('request', requestId, territoryId, { move: 'promise' });
      return accept();
    });
    return verdict ?? refuse('not-found');
  });
}
