import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkMove, type MoveRefusal } from './request-life.rules.ts';
import { withRequest, writeMove } from './request-rows.ts';
import { mayHaveWeek } from './week.policy.ts';

/** Somebody of the team has told the person what a partner answered to their request. */
export async function tellAnswer(
  ctx: Context,
  { territoryId, offerId }: { readonly territoryId: Id; readonly offerId: Id }
): Promise<Verdict<undefined, 'not-found' | MoveRefusal>> {
  if (!mayHaveWeek(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'tell-answer', async (tx, ledger) => {
    const offer = await tx
      .updateTable('request_offer')
      .set({ person_told_at: ctx.now })
      .where('id', '=', offerId)
      .where('territory_id', '=', territoryId)
      .where('answered_at', 'is not', null)
      .where('person_told_at', 'is', null)
      .returning('request_id as requestId')
      .executeTakeFirst();
    if (!offer) return refuse('not-found');
    const { requestId } = offer;
    const verdict = await withRequest(tx, ctx, { territoryId, requestId }, async (row, mover) => {
      const reason = 'by-phone';
      const checked = checkMove(row.state, 'answer', mover.roles, { reason });
      if (!checked.ok) return checked;
      const change = { answered_at: row.answeredAt ?? ctx.now };
      await writeMove(tx, ctx.now, row, mover, { move: 'answer', to: checked.value, reason, change });
      await tx.updateTable('person').set({ last_contact_at: ctx.now }).where('id', '=', row.personId).execute();
      ledger.about('request', requestId, territoryId, { move: 'answer', offerId });
      return accept();
    });
    return verdict ?? refuse('not-found');
  });
}
