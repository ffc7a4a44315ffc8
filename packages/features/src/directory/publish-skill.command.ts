import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { worksFor } from './directory.policy.ts';

/** A human of the territory has read a new account's skill: others may now see it, as its author wished. */
export async function publishSkill(
  ctx: Context,
  request: { readonly territoryId: Id; readonly skillId: Id }
): Promise<Verdict<undefined, 'not-found'>> {
  return transaction(ctx, 'publish-skill', async (tx, ledger) => {
    if (!worksFor(ctx.actor, request.territoryId) || !isId(request.skillId)) return refuse('not-found');
    const row = await tx
      .updateTable('skill')
      .set({ status: 'published' })
      .where('id', '=', request.skillId)
      .where('territory_id', '=', request.territoryId)
      .where('status', '=', 'held')
      .returning('id')
      .executeTakeFirst();
    if (!row) return refuse('not-found');
    ledger.about('skill', row.id, request.territoryId);
    return accept();
  });
}
