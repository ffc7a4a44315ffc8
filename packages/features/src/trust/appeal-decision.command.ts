import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';

export const APPEAL_MAX_CHARACTERS = 2000;

export type AppealRefusal = 'not-found' | 'appeal-missing' | 'appeal-too-long' | 'already-contested';

/** The author says why a decision is wrong; the case comes back to the queue, for another moderator. */
export async function appealDecision(
  ctx: Context,
  request: { readonly territoryId: Id; readonly decisionId: Id; readonly text: string }
): Promise<Verdict<undefined, AppealRefusal>> {
  return transaction(ctx, 'appeal-decision', async (tx, ledger) => {
    const { territoryId, decisionId } = request;
    if (ctx.actor.accountId === null || !isId(decisionId)) return refuse('not-found');
    const row = await tx
      .selectFrom('moderation_decision')
      .selectAll()
      .where('id', '=', decisionId)
      .where('territory_id', '=', territoryId)
      .where('outcome', 'in', ['hidden', 'refused'])
      // Staff may read it; whoever wrote what it is about may contest it.
      .where(sql<boolean>`actor_wrote(subject_kind, subject_id)`)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.decided_by === ctx.actor.accountId) return refuse('not-found');
    const text = request.text.trim();
    if (row.appealed_at) return refuse('already-contested');
    if (text === '') return refuse('appeal-missing');
    if (text.length > APPEAL_MAX_CHARACTERS) return refuse('appeal-too-long', { max: APPEAL_MAX_CHARACTERS });
    await tx
      .updateTable('moderation_decision')
      .set({ appeal_text: text, appealed_by: ctx.actor.accountId, appealed_at: ctx.now })
      .where('id', '=', row.id)
      .execute();
    ledger.about('moderation-decision', row.id, territoryId);
    return accept();
  });
}
