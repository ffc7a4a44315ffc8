import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { hashOfReceipt } from '../trust/receipt-code.ts';

/** Whoever was typing gives up: nothing of the draft stays. */
export async function eraseDraft(ctx: Context, code: string): Promise<Verdict<undefined, 'code-unknown'>> {
  const hash = hashOfReceipt(code);
  if (!hash) return refuse('code-unknown');
  return transaction(ctx, 'erase-draft', async (tx, ledger) => {
    const gone = await asPlatform(tx, () =>
      tx
        .deleteFrom('request')
        .where('code_hash', '=', hash)
        .where('state', '=', 'draft')
        .returning('territory_id')
        .executeTakeFirst()
    );
    if (!gone) return refuse('code-unknown');
    ledger.about('territory', gone.territory_id, gone.territory_id);
    return accept();
  });
}
