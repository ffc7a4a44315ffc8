import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { localDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { timeZoneOf } from '../directory/time-zone.ts';
import { follows, lockSupport } from './support-rows.ts';

export type CheckSupportRefusal = 'not-found' | 'follows-a-sheet' | 'source-missing';

/** "Checked today by me": somebody compared the sheet with its source, and it still holds. */
export async function checkSupport(
  ctx: Context,
  request: { readonly territoryId: Id; readonly supportId: Id }
): Promise<Verdict<undefined, CheckSupportRefusal>> {
  const { territoryId } = request;
  return transaction(ctx, 'check-support', async (tx, ledger) => {
    const row = await lockSupport(tx, ctx, territoryId, request.supportId);
    if (!row) return refuse('not-found');
    if (follows(row)) return refuse('follows-a-sheet');
    if (row.kind === 'funding' && row.source_url === null) return refuse('source-missing');
    await tx
      .updateTable('support')
      .set({ checked_on: localDate(ctx.now, await timeZoneOf(tx, territoryId)), checked_by: ctx.actor.accountId })
      .where('id', '=', row.id)
      .where('territory_id', '=', territoryId)
      .execute();
    ledger.about('support', row.id, territoryId);
    return accept();
  });
}
