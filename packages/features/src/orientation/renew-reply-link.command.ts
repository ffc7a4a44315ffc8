import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { findLink, RENEW_PAUSE_MINUTES } from './reply-links.ts';
import { lockRequest } from './request-rows.ts';
import { sendReplyLink } from './tell-partner.ts';
import { placeOfTerritory } from './territory-place.ts';

/**
 * A new link in place of one that has expired or was used, to the address that received it: knowing an old link proves
 * nothing but that. Works as long as the offer waits for something.
 */
export async function renewReplyLink(
  ctx: Context,
  { token, origin }: { readonly token: string; readonly origin: string }
): Promise<Verdict<undefined, 'link-unknown' | 'offer-over' | 'just-sent'>> {
  return transaction(ctx, 'renew-reply-link', async (tx, ledger) =>
    asPlatform(tx, async () => {
      const link = await findLink(tx, 'answer', token);
      const row = link && (await lockRequest(tx, link.territoryId, link.requestId));
      const offer = row?.offers.find((one) => one.id === link!.offerId);
      if (!link || !row || !offer) return refuse('link-unknown');
      if (offer.state !== 'pending' && offer.state !== 'accepted') return refuse('offer-over');
      const newest = await tx
        .selectFrom('request_link')
        .select((select) => select.fn.max('sent_at').as('sentAt'))
        .where('offer_id', '=', offer.id)
        .executeTakeFirstOrThrow();
      const pauseEnds = (newest.sentAt?.getTime() ?? 0) + RENEW_PAUSE_MINUTES * 60_000;
      if (pauseEnds > ctx.now.getTime() && newest.sentAt! > link.sentAt) return refuse('just-sent');
      const desk = { place: await placeOfTerritory(tx, row.territoryId), origin };
      await sendReplyLink(tx, ctx, ledger, row, offer, desk);
      ledger.about('request-offer', offer.id, row.territoryId, { renewed: true });
      return accept();
    })
  );
}
