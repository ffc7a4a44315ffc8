import type { Context, Role } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { giveBackWork } from '../support/give-back-work.ts';
import { endSessions } from './account-rows.ts';
import { mayEnd } from './accounts.policy.ts';

/**
 * Ends a grant, and the sessions of its holder but `keepSession`; what they still held for the team comes back to it. The
 * platform keeps at least one administrator.
 */
export async function endRole(
  ctx: Context,
  request: { readonly grantId: Id; readonly keepSession?: Id }
): Promise<Verdict<undefined, 'not-found' | 'last-administrator'>> {
  return transaction(ctx, 'end-role', async (tx, ledger) => {
    const grant = await tx
      .selectFrom('role_grant')
      .select(['id', 'account_id', 'role', 'territory_id', 'organization_id'])
      .where('id', '=', request.grantId)
      .where('ended_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!grant) return refuse('not-found');
    const scope = { role: grant.role as Role, territoryId: grant.territory_id, organizationId: grant.organization_id };
    if (!mayEnd(ctx.actor, grant.account_id, scope)) return refuse('not-found');
    if (scope.role === 'platform-administrator' && (await isLastAdministrator(tx, grant.id))) {
      return refuse('last-administrator');
    }
    await tx
      .updateTable('role_grant')
      .set({ ended_at: ctx.now, ended_by: ctx.actor.accountId })
      .where('id', '=', grant.id)
      .where('ended_at', 'is', null)
      .execute();
    if (scope.territoryId && (scope.role === 'facilitator' || scope.role === 'coordinator')) {
      await giveBackWork(tx, ctx, { accountId: grant.account_id, territoryId: scope.territoryId });
    }
    await endSessions(tx, grant.account_id, request.keepSession);
    ledger.about('role-grant', grant.id, scope.territoryId, { role: scope.role, accountId: grant.account_id });
    return accept();
  });
}

/** The administrators' rows are locked in one order, so that two of them cannot leave at the same moment. */
async function isLastAdministrator(tx: Tx, grantId: Id): Promise<boolean> {
  const others = await tx
    .selectFrom('role_grant')
    .select('id')
    .where('role', '=', 'platform-administrator')
    .where('ended_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return others.every((row) => row.id === grantId);
}
