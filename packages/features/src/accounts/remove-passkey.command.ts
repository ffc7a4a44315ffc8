import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication } from './authentication.ts';
import { tellSecurityChange } from './tell-security-change.ts';

/** Forgets a passkey of the account that is signed in. */
export async function removePasskey(
  ctx: Context,
  { settings }: Authentication,
  request: { readonly passkeyId: Id }
): Promise<Verdict<undefined, 'not-found'>> {
  const { accountId } = ctx.actor;
  if (!accountId) return refuse('not-found');
  const verdict = await transaction(ctx, 'remove-passkey', async (tx, ledger) => {
    const removed = await tx
      .deleteFrom('passkey')
      .where('id', '=', request.passkeyId)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    if (removed.numDeletedRows === 0n) return refuse('not-found');
    ledger.about('account', accountId, null);
    return accept();
  });
  if (verdict.ok) await tellSecurityChange(ctx, settings, accountId, 'passkey-removed');
  return verdict;
}
