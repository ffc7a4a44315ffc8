import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** Ends one of one's own sessions, such as that of a lost telephone. */
export async function endSession(
  ctx: Context,
  request: { readonly sessionId: Id }
): Promise<Verdict<undefined, 'not-found'>> {
  const { accountId } = ctx.actor;
  if (!accountId) return refuse('not-found');
  return transaction(ctx, 'end-session', async (tx, ledger) => {
    const ended = await tx
      .deleteFrom('session')
      .where('id', '=', request.sessionId)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    if (ended.numDeletedRows === 0n) return refuse('not-found');
    ledger.about('account', accountId, null);
    return accept();
  });
}
