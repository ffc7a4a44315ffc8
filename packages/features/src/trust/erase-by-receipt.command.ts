import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { eraseRows, holdsOf, type Erasure } from './erase-rows.ts';
import { subjectOfPerson } from './personal-subject.ts';
import { withReceipt } from './receipt-access.ts';

/** The person has everything about them erased with the code of their receipt. It cannot be undone. */
export async function eraseByReceipt(
  ctx: Context,
  request: { readonly code: string }
): Promise<Verdict<Erasure & { readonly stays: readonly string[] }, 'code-unknown'>> {
  return transaction(ctx, 'erase-by-receipt', async (tx, ledger) => {
    const erasure = await withReceipt(tx, request.code, async ({ personId, territoryId }) => {
      const subject = await subjectOfPerson(tx, personId);
      ledger.about('territory', territoryId, territoryId);
      return subject && eraseRows(tx, subject);
    });
    return erasure ? accept({ ...erasure, stays: holdsOf(erasure.holds, ctx.language) }) : refuse('code-unknown');
  });
}
