import type { Context, Grant } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { endSessions, insertGrant } from './account-rows.ts';
import { mayGrant } from './accounts.policy.ts';
import { findScope } from './find-scope.ts';

/** Gives a role to an account, whose sessions end: its new rights start with a new one. Gives the grant's id. */
export async function grantRole(
  ctx: Context,
  request: Grant & { readonly accountId: Id }
): Promise<Verdict<Id, 'not-found' | 'already-held'>> {
  return transaction(ctx, 'grant-role', async (tx, ledger) => {
    const { accountId, role } = request;
    const account = await tx.selectFrom('account').select('id').where('id', '=', accountId).executeTakeFirst();
    const scope = await findScope(tx, request);
    if (!account || !scope || !mayGrant(ctx.actor, scope)) return refuse('not-found');
    const id = await insertGrant(tx, accountId, scope, ctx.actor.accountId, ctx.now);
    if (!id) return refuse('already-held');
    await endSessions(tx, accountId);
    ledger.about('role-grant', id, scope.territoryId, { role, accountId });
    return accept(id);
  });
}
