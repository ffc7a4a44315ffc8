import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { noteMove } from './note-move.ts';
import { mayHaveWeek } from './week.policy.ts';

/** Somebody of the team has told the person what a partner answered to their request. */
export async function tellAnswer(
  ctx: Context,
  { territoryId, offerId }: { readonly territoryId: Id; readonly offerId: Id }
): Promise<Verdict<undefined, 'not-found'>> {
  if (!mayHaveWeek(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'tell-answer', async (tx, ledger) => {
    const offer = await tx
      .updateTable('request_offer')
      .set({ person_told_at: ctx.now })
      .where('id', '=', offerId)
      .where('territory_id', '=', territoryId)
      .where('answered_at', 'is not', null)
      .where('person_told_at', 'is', null)
      .returning(['request_id'])
      .executeTakeFirst();
    if (!offer) return refuse('not-found');
    const request = await tx
      .selectFrom('request')
      .select(['id', 'state', 'answered_at', 'person_id'])
      .where('id', '=', offer.request_id)
      .where('territory_id', '=', territoryId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('request')
      .set({ answered_at: request.answered_at ?? ctx.now, updated_at: ctx.now })
      .where('id', '=', request.id)
      .execute();
    await tx.updateTable('person').set({ last_contact_at: ctx.now }).where('id', '=', request.person_id).execute();
    await noteMove(tx, ctx, { id: request.id, territoryId, state: request.state }, 'answer', 'by-phone');
    ledger.about('request', request.id, territoryId, { move: 'answer', offerId });
    return accept();
  });
}
