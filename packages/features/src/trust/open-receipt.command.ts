import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { countAttempts } from '../accounts/count-attempts.ts';
import { networkOf } from '../accounts/rate-limit.rules.ts';
import { findDraft } from '../orientation/find-draft.query.ts';
import { RECEIPTS_BY_ADDRESS, withReceipt } from './receipt-access.ts';

/** A draft of the door that the code brings back: where it was being typed. */
export interface OpenedCode {
  readonly draft: { readonly slug: string; readonly door: string } | null;
}

/** Somebody types the code of their receipt: whether it opens anything. Each try counts, right or wrong. */
export async function openReceipt(
  ctx: Context,
  request: { readonly code: string; readonly address: string }
): Promise<Verdict<OpenedCode, 'code-unknown' | 'too-many-attempts'>> {
  const tried = [{ limit: RECEIPTS_BY_ADDRESS, who: networkOf(request.address) }];
  const counted = await countAttempts(ctx.engine, ctx.now, tried);
  if (!counted.ok) return counted;
  const draft = await findDraft(ctx, request.code);
  if (draft) return accept({ draft: { slug: draft.slug, door: draft.door } });
  return transaction(ctx, 'open-receipt', async (tx, ledger) => {
    const opened = await withReceipt(tx, request.code, async ({ entryId, requestId, territoryId }) => {
      if (entryId) {
        await tx.updateTable('assisted_entry').set({ last_opened_at: ctx.now }).where('id', '=', entryId).execute();
        ledger.about('assisted-entry', entryId, territoryId);
      } else ledger.about('request', requestId!, territoryId);
      return true;
    });
    return opened ? accept({ draft: null }) : refuse('code-unknown');
  });
}
