import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import type { Desk } from './desk.ts';
import type { RequestRow } from './request-rows.ts';
import { tellWithdrawn } from './tell-partner.ts';

/** Nothing is expected any more of whoever had not answered; what was accepted is over, one way or the other. */
export async function endOffers(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: RequestRow,
  desk: Desk,
  accepted: 'done' | 'withdrawn'
): Promise<void> {
  for (const offer of row.offers) {
    if (offer.state !== 'pending' && offer.state !== 'accepted') continue;
    const state = offer.state === 'accepted' ? accepted : 'withdrawn';
    await tx
      .updateTable('request_offer')
      .set({ state })
      .where('id', '=', offer.id)
      .where('request_id', '=', row.id)
      .execute();
    await tx
      .updateTable('request_link')
      .set({ expires_at: ctx.now })
      .where('offer_id', '=', offer.id)
      .where('expires_at', '>', ctx.now)
      .execute();
    if (state === 'withdrawn') await tellWithdrawn(tx, ledger, row, offer, desk);
  }
}
