import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { refuse, type Verdict } from '@terreau/kernel/verdict';
import type { NotNull } from 'kysely';
import { hashToken } from '../accounts/tokens.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { lockRequest, type Mover, type OfferRow, type RequestRow } from './request-rows.ts';
import { rolesOn } from './requests.policy.ts';

export type ReplyLinkRefusal = 'link-unknown' | 'link-expired' | 'link-used';

export interface FoundLink {
  readonly id: Id;
  readonly territoryId: Id;
  readonly requestId: Id;
  readonly offerId: Id | null;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
}

const TOKEN = /^[A-Za-z0-9_-]{32}$/;
/** Two taps on a slow telephone make one mail. */
export const RENEW_PAUSE_MINUTES = 10;

/** The link behind a token, for one purpose, whether or not it still works; null when there is none. As the platform. */
export async function findLink(tx: Tx, purpose: 'answer' | 'survey', token: string): Promise<FoundLink | null> {
  if (!TOKEN.test(token)) return null;
  const row = await tx
    .selectFrom('request_link')
    .select(['id', 'territory_id as territoryId', 'request_id as requestId', 'offer_id as offerId'])
    .select(['sent_at as sentAt', 'expires_at as expiresAt', 'used_at as usedAt'])
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('request_id', 'is not', null)
    .$narrowType<{ requestId: NotNull }>()
    .executeTakeFirst();
  return row ?? null;
}

/** The link by which a structure answers about a meeting; it works until it expires: the row behind it answers once. */
export interface FoundMeetingLink {
  readonly territoryId: Id;
  readonly introductionId: Id;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
}

export async function findMeetingLink(tx: Tx, token: string): Promise<FoundMeetingLink | null> {
  if (!TOKEN.test(token)) return null;
  const row = await tx
    .selectFrom('request_link')
    .select(['territory_id as territoryId', 'introduction_id as introductionId'])
    .select(['sent_at as sentAt', 'expires_at as expiresAt'])
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', 'meeting')
    .$narrowType<{ introductionId: NotNull }>()
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Runs `work` with the platform's rights on the locked request behind a reply link, and marks the link as used when it
 * is accepted. A link answers once: of two taps, one counts.
 */
export async function withReplyLink<Value, Code extends string>(
  tx: Tx,
  ctx: Context,
  token: string,
  work: (row: RequestRow, mover: Mover, offer: OfferRow) => Promise<Verdict<Value, Code>>
): Promise<Verdict<Value, Code | ReplyLinkRefusal>> {
  return asPlatform(tx, async () => {
    const link = await findLink(tx, 'answer', token);
    const row = link && (await lockRequest(tx, link.territoryId, link.requestId));
    const offer = row?.offers.find((one) => one.id === link!.offerId);
    if (!link || !row || !offer) return refuse('link-unknown');
    // Read again behind the lock: another tap may have used it meanwhile.
    const now = await findLink(tx, 'answer', token);
    if (now?.usedAt) return refuse('link-used');
    if (now!.expiresAt <= ctx.now) return refuse('link-expired');
    const mover = { roles: rolesOn(ctx.actor, { ...row, offeredTo: [] }, 'link'), accountId: ctx.actor.accountId };
    const verdict = await work(row, mover, offer);
    if (verdict.ok) {
      await tx
        .updateTable('request_link')
        .set({ used_at: ctx.now })
        .where('id', '=', link.id)
        .where('request_id', '=', row.id)
        .execute();
    }
    return verdict;
  });
}
