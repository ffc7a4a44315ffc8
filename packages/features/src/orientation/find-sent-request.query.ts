import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { withReceipt } from '../trust/receipt-access.ts';
import { sentRequests, type SentRequest } from './sent-requests.ts';

/** The request that `code` opens, for the page that follows its sending; null when it opens none. */
export type { SentRequest } from './sent-requests.ts';

export async function findSentRequest(ctx: Context, code: string): Promise<SentRequest | null> {
  return reading(ctx, (tx) =>
    withReceipt(tx, code, async (receipt) =>
      receipt.requestId ? ((await sentRequests(tx, { requestId: receipt.requestId }))[0] ?? null) : null
    )
  );
}
