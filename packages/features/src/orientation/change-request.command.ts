import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { withReceipt } from '../trust/receipt-access.ts';
import type { RequestWords } from './door.schema.ts';
import { sentRequests, sentScope } from './sent-requests.ts';

/** Whoever asked corrects their words, or adds to them, with their code. Whoever answers sees the new words. */
export async function changeRequest(
  ctx: Context,
  change: { readonly code: string; readonly requestId: Id; readonly words: RequestWords }
): Promise<Verdict<undefined, 'code-unknown'>> {
  const { code, requestId, words } = change;
  if (!isId(requestId)) return refuse('code-unknown');
  return transaction(ctx, 'change-request', async (tx, ledger) => {
    const done = await withReceipt(tx, code, async (receipt) => {
      const own = await sentRequests(tx, sentScope(receipt));
      if (!own.some((request) => request.id === requestId && request.isLive)) return false;
      await tx
        .updateTable('request')
        .set({
          sentence: words.sentence,
          for_whom: words.forWhom,
          place_words: words.placeWords,
          expectation: words.expectation,
          version: sql<number>`version + 1`,
          updated_at: ctx.now
        })
        .where('id', '=', requestId)
        .execute();
      ledger.about('request', requestId, receipt.territoryId);
      return true;
    });
    return done ? accept() : refuse('code-unknown');
  });
}
