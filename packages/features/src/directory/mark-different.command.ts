import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { mayImport } from './import.policy.ts';

/** Says that two sheets are two structures: the pair is not asked again. */
export async function markDifferent(
  ctx: Context,
  request: { territoryId: Id; pairId: Id }
): Promise<Verdict<undefined, 'not-found' | 'already-decided'>> {
  return transaction(ctx, 'mark-different', async (tx, ledger) => {
    const { territoryId, pairId } = request;
    if (!mayImport(ctx.actor, territoryId) || !isId(pairId)) return refuse('not-found');
    const pair = await tx
      .selectFrom('duplicate_pair')
      .select('state')
      .where('id', '=', pairId)
      .where('territory_id', '=', territoryId)
      .forUpdate()
      .executeTakeFirst();
    if (!pair) return refuse('not-found');
    if (pair.state !== 'open') return refuse('already-decided');
    await tx
      .updateTable('duplicate_pair')
      .set({ state: 'different', decided_by: ctx.actor.accountId, decided_at: ctx.now })
      .where('id', '=', pairId)
      .where('territory_id', '=', territoryId)
      .execute();
    ledger.about('duplicate-pair', pairId, territoryId);
    return accept();
  });
}
