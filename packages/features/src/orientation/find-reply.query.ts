import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Instant } from '@terreau/kernel/instants';
import { asPlatform } from '../trust/as-platform.ts';
import { findLink } from './reply-links.ts';
import { offersOf } from './request-rows.ts';
import { sharedLines } from './shared-request.ts';
import type { SharedLine } from './shared-fields.rules.ts';

export interface ReplyPage {
  readonly territory: string;
  readonly timeZone: string;
  readonly structure: string;
  readonly kind: 'offer' | 'hand-over';
  readonly message: string | null;
  /** `over`: it no longer waits; `taken-back`: the person took their agreement back. */
  readonly state: 'pending' | 'accepted' | 'over' | 'taken-back';
  /** Whether this link still answers; otherwise a new one can be asked for, unless the offer is over. */
  readonly link: 'live' | 'expired' | 'used';
  readonly expiresAt: Instant;
  /** What was listed when it was shared, and nothing else; nothing behind a link that no longer works. */
  readonly lines: readonly SharedLine[];
}

/** What the link of a mail shows to an actor without an account; null when it is no link of ours. */
export async function findReply(ctx: Context, token: string): Promise<ReplyPage | null> {
  return reading(ctx, (tx) =>
    asPlatform(tx, async () => {
      const link = await findLink(tx, 'answer', token);
      if (!link?.offerId) return null;
      const row = await tx
        .selectFrom('request_offer')
        .innerJoin('territory', 'territory.id', 'request_offer.territory_id')
        .leftJoin('consent', 'consent.id', 'request_offer.consent_id')
        .select(['territory.name as territory', 'territory.time_zone as timeZone', 'kind', 'message', 'state'])
        .select(['shared_fields', 'consent.withdrawn_at'])
        .where('request_offer.id', '=', link.offerId)
        .executeTakeFirst();
      const offer = (await offersOf(tx, link.requestId)).find((one) => one.id === link.offerId);
      if (!row || !offer) return null;
      const waits = row.state === 'pending' || row.state === 'accepted';
      const state = row.withdrawn_at ? 'taken-back' : waits ? (row.state as 'pending' | 'accepted') : 'over';
      const live = link.usedAt ? 'used' : link.expiresAt <= ctx.now ? 'expired' : 'live';
      const isShown = live === 'live' && waits && !row.withdrawn_at;
      return {
        territory: row.territory,
        timeZone: row.timeZone,
        structure: offer.name,
        kind: offer.kind,
        message: isShown ? row.message : null,
        state,
        link: live,
        expiresAt: link.expiresAt,
        lines: isShown ? await sharedLines(tx, link.requestId, row.shared_fields) : []
      };
    })
  );
}
