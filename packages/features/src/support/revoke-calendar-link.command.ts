import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** Revokes the secret address of one's own calendar: from now on it shows nothing. */
export async function revokeCalendarLink(ctx: Context): Promise<Verdict<undefined, 'not-found'>> {
  return transaction(ctx, 'revoke-calendar-link', async (tx, ledger) => {
    const { accountId } = ctx.actor;
    if (!accountId) return refuse('not-found');
    await tx
      .updateTable('calendar_link')
      .set({ revoked_at: ctx.now })
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .execute();
    ledger.about('account', accountId, null);
    return accept();
  });
}
