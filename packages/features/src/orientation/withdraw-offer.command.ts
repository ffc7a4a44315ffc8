import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkMove, type MoveRefusal, type RequestState } from './request-life.rules.ts';
import { tellWithdrawn } from './tell-partner.ts';
import { tellPerson } from './tell-person.ts';
import { checkVersion, withRequest, writeMove } from './request-rows.ts';
import { placeOfTerritory } from './territory-place.ts';

export interface WithdrawOffer {
  readonly territoryId: Id;
  readonly requestId: Id;
  readonly offerId: Id;
  readonly version?: number | undefined;
  readonly origin: string;
}

/** The team takes back what it proposed, answered or not: the actor is told, and reads nothing of the request any more. */
export async function withdrawOffer(
  ctx: Context,
  request: WithdrawOffer
): Promise<Verdict<RequestState, 'not-found' | 'moved-meanwhile' | 'offer-over' | MoveRefusal>> {
  return transaction(ctx, 'withdraw-offer', async (tx, ledger) => {
    const verdict = await withRequest(tx, ctx, request, async (row, mover) => {
      const current = await checkVersion(tx, row, request.version);
      if (!current.ok) return current;
      const offer = row.offers.find((one) => one.id === request.offerId);
      const left = row.offers.filter((one) => one.state === 'pending' && one.id !== request.offerId).length;
      const checked = checkMove(row.state, 'withdraw-offer', mover.roles, { offersLeft: left });
      if (!checked.ok) return checked;
      if (!offer) return refuse('not-found');
      if (offer.state !== 'pending' && offer.state !== 'accepted') return refuse('offer-over');
      await tx
        .updateTable('request_offer')
        .set({ state: 'withdrawn' })
        .where('id', '=', offer.id)
        .where('request_id', '=', row.id)
        .executeTakeFirstOrThrow();
      await writeMove(tx, ctx.now, row, mover, { move: 'withdraw-offer', to: checked.value });
      const desk = { place: await placeOfTerritory(tx, row.territoryId), origin: request.origin };
      const told = { ...row, version: row.version + 1 };
      await tellWithdrawn(tx, ledger, told, offer, desk);
      if (offer.state === 'accepted') await tellPerson(tx, ctx, ledger, told, desk, { kind: 'given-back' });
      ledger.about('request-offer', offer.id, row.territoryId, { withdrawn: true, to: checked.value });
      return accept(checked.value);
    });
    return verdict ?? refuse('not-found');
  });
}
