import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { eraseRows, holdsOf, type Erasure } from './erase-rows.ts';
import { subjectOfPerson } from './personal-subject.ts';
import { withReceipt } from './receipt-access.ts';

/**
 * The person has everything about them erased with the code of their receipt. It cannot be undone. Somebody who has an
 * account erases that one request: the account has a page of its own for the rest.
 */
export async function eraseByReceipt(
  ctx: Context,
  request: { readonly code: string }
): Promise<Verdict<Erasure & { readonly stays: readonly string[] }, 'code-unknown'>> {
  return transaction(ctx, 'erase-by-receipt', async (tx, ledger) => {
    const erasure = await withReceipt(tx, request.code, async ({ personId, territoryId, requestId, hasAccount }) => {
      if (hasAccount) return requestId ? eraseOneRequest(tx, requestId) : null;
      const subject = await subjectOfPerson(tx, personId);
      ledger.about('territory', territoryId, territoryId);
      return subject && eraseRows(tx, subject);
    });
    return erasure ? accept({ ...erasure, stays: holdsOf(erasure.holds, ctx.language) }) : refuse('code-unknown');
  });
}

async function eraseOneRequest(tx: Tx, requestId: Id): Promise<Erasure> {
  const row = await tx.deleteFrom('request').where('id', '=', requestId).returning('voice_file_id').executeTakeFirst();
  const fileIds = row?.voice_file_id ? [row.voice_file_id] : [];
  return { deleted: { request: 1 }, anonymised: {}, messageIds: [], fileIds, holds: [] };
}
