import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** The person takes their skill back, and their consent with it: one tap, no question. Staff can do it for them. */
export async function withdrawSkill(
  ctx: Context,
  request: { readonly territoryId: Id; readonly skillId: Id }
): Promise<Verdict<undefined, 'not-found'>> {
  return transaction(ctx, 'withdraw-skill', async (tx, ledger) => {
    if (!isId(request.skillId)) return refuse('not-found');
    // Row-level security lets the person themselves and the territory's staff change it, nobody else.
    const row = await tx
      .updateTable('skill')
      .set({ status: 'withdrawn', withdrawn_at: ctx.now })
      .where('id', '=', request.skillId)
      .where('territory_id', '=', request.territoryId)
      .where('status', '!=', 'withdrawn')
      .returning(['id', 'consent_id'])
      .executeTakeFirst();
    if (!row) return refuse('not-found');
    await tx
      .updateTable('consent')
      .set({ withdrawn_at: ctx.now })
      .where('id', '=', row.consent_id)
      .where('withdrawn_at', 'is', null)
      .execute();
    ledger.about('skill', row.id, request.territoryId);
    return accept();
  });
}
