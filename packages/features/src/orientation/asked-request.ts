import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { asPlatform } from '../trust/as-platform.ts';
import { withReceipt } from '../trust/receipt-access.ts';
import { mayFollowRequests } from './requests.policy.ts';
import { sentRequests, sentScope, type SentRequest } from './sent-requests.ts';

/** Who goes through the questions: whoever asked, with their code, or the team, which asks them aloud and types. */
export type IntakeOpener = { readonly code: string } | { readonly territoryId: Id };

/** Runs `work` with the platform's rights on the live request that is opened; null when it is not to be opened. */
export async function withAskedRequest<Value>(
  tx: Tx,
  ctx: Context,
  opener: IntakeOpener,
  requestId: Id,
  work: (own: SentRequest) => Promise<Value>
): Promise<Value | null> {
  if (!isId(requestId)) return null;
  if ('code' in opener) {
    return withReceipt(tx, opener.code, async (receipt) => {
      const own = (await sentRequests(tx, sentScope(receipt))).find(({ id, isLive }) => id === requestId && isLive);
      return own ? work(own) : null;
    });
  }
  if (!mayFollowRequests(ctx.actor, opener.territoryId)) return null;
  return asPlatform(tx, async () => {
    const [own] = await sentRequests(tx, { requestId });
    return own?.isLive && own.territoryId === opener.territoryId ? work(own) : null;
  });
}
