import type { Context, Role } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { mayGrant } from './accounts.policy.ts';

/** Takes back an invitation that was not accepted yet: its inviter may, and whoever may give the role. */
export async function withdrawInvitation(
  ctx: Context,
  request: { readonly invitationId: Id }
): Promise<Verdict<undefined, 'not-found'>> {
  return transaction(ctx, 'withdraw-invitation', async (tx, ledger) => {
    const invitation = await tx
      .selectFrom('invitation')
      .select(['id', 'role', 'territory_id', 'organization_id', 'invited_by'])
      .where('id', '=', request.invitationId)
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst();
    if (!invitation) return refuse('not-found');
    const { id, role, territory_id: territoryId, organization_id: organizationId, invited_by } = invitation;
    const isOwn = invited_by === ctx.actor.accountId;
    if (!isOwn && !mayGrant(ctx.actor, { role: role as Role, territoryId, organizationId })) return refuse('not-found');
    const withdrawn = await tx
      .updateTable('invitation')
      .set({ withdrawn_at: ctx.now })
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst();
    if (withdrawn.numUpdatedRows === 0n) return refuse('not-found');
    ledger.about('invitation', id, territoryId, { role });
    return accept();
  });
}
