import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { withReceipt } from './receipt-access.ts';
import { endConsent } from './withdraw-consent.command.ts';

/** The person takes back one of their consents with the code of their receipt; what rested on it is no longer shown. */
export async function withdrawByReceipt(
  ctx: Context,
  request: { readonly code: string; readonly consentId: Id }
): Promise<Verdict<undefined, 'code-unknown'>> {
  return transaction(ctx, 'withdraw-by-receipt', async (tx, ledger) => {
    if (!isId(request.consentId)) return refuse('code-unknown');
    const done = await withReceipt(tx, request.code, async ({ personId, territoryId }) => {
      const own = await tx
        .selectFrom('consent')
        .select('id')
        .where('id', '=', request.consentId)
        .where('person_id', '=', personId)
        .executeTakeFirst();
      if (!own || !(await endConsent(tx, own.id, ctx.now))) return null;
      ledger.about('consent', own.id, territoryId);
      return true;
    });
    return done ? accept() : refuse('code-unknown');
  });
}
