import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { endSessions } from './account-rows.ts';

/** Ends one's sessions everywhere but here. Gives how many ended. */
export async function endOtherSessions(
  ctx: Context,
  request: { readonly keepSession: Id }
): Promise<Verdict<number, 'not-found'>> {
  const { accountId } = ctx.actor;
  if (!accountId) return refuse('not-found');
  return transaction(ctx, 'end-other-sessions', async (tx, ledger) => {
    ledger.about('account', accountId, null);
    return accept(await endSessions(tx, accountId, request.keepSession));
  });
}
