import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { countAttempts } from '../accounts/count-attempts.ts';
import { networkOf } from '../accounts/rate-limit.rules.ts';
import { RECEIPTS_BY_ADDRESS, withReceipt } from './receipt-access.ts';

/** Somebody types the code of their receipt: whether it opens anything. Each try counts, right or wrong. */
export async function openReceipt(
  ctx: Context,
  request: { readonly code: string; readonly address: string }
): Promise<Verdict<undefined, 'code-unknown' | 'too-many-attempts'>> {
  const tried = [{ limit: RECEIPTS_BY_ADDRESS, who: networkOf(request.address) }];
  const counted = await countAttempts(ctx.engine, ctx.now, tried);
  if (!counted.ok) return counted;
  return transaction(ctx, 'open-receipt', async (tx, ledger) => {
    const opened = await withReceipt(tx, request.code, async ({ entryId, territoryId }) => {
      await tx.updateTable('assisted_entry').set({ last_opened_at: ctx.now }).where('id', '=', entryId).execute();
      ledger.about('assisted-entry', entryId, territoryId);
      return true;
    });
    return opened ? accept() : refuse('code-unknown');
  });
}
