import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { PersonContact } from './assisted.schema.ts';
import { withReceipt } from './receipt-access.ts';

/** The person corrects how they are named and reached. */
export async function correctByReceipt(
  ctx: Context,
  request: { readonly code: string; readonly contact: PersonContact }
): Promise<Verdict<undefined, 'code-unknown'>> {
  return transaction(ctx, 'correct-by-receipt', async (tx, ledger) => {
    const { name, phone, email } = request.contact;
    const done = await withReceipt(tx, request.code, async ({ personId, territoryId, hasAccount }) => {
      if (hasAccount) return null;
      await tx
        .updateTable('person')
        .set({ display_name: name, phone, email, last_contact_at: ctx.now })
        .where('id', '=', personId)
        .execute();
      ledger.about('person', personId, territoryId);
      return true;
    });
    return done ? accept() : refuse('code-unknown');
  });
}
