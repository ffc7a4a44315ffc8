import type { Context, Grant } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { mayGrant } from './accounts.policy.ts';
import type { Authentication } from './authentication.ts';
import { countAttempts } from './count-attempts.ts';
import { findScope } from './find-scope.ts';
import { INVITATION_DAYS, invitationExpiry } from './invitations.rules.ts';
import { invitationLetter } from './mails.ts';
import { INVITATIONS_BY_INVITER } from './rate-limit.rules.ts';
import { roleName } from './role-names.ts';
import { hashToken, newToken } from './tokens.ts';

/**
 * Invites an address to a role. What is offered stays in the row; the mail holds a token alone. A former invitation of
 * the same address to the same role is withdrawn. The answer does not say whether the address has an account.
 */
export async function invite(
  ctx: Context,
  { engine, settings }: Authentication,
  request: Grant & { readonly email: string }
): Promise<Verdict<Id, 'not-found' | 'too-many-attempts'>> {
  const inviterId = ctx.actor.accountId;
  if (!inviterId) return refuse('not-found');
  const counted = await countAttempts(engine, ctx.now, [{ limit: INVITATIONS_BY_INVITER, who: inviterId }]);
  if (!counted.ok) return counted;
  return transaction(ctx, 'invite', async (tx, ledger) => {
    const scope = await findScope(tx, request);
    if (!scope || !mayGrant(ctx.actor, scope)) return refuse('not-found');
    await withdrawFormer(tx, ctx, request.email, scope);
    const id = newId();
    const token = newToken();
    await tx
      .insertInto('invitation')
      .values({
        id,
        territory_id: scope.territoryId,
        organization_id: scope.organizationId,
        role: scope.role,
        email: request.email,
        token_hash: hashToken(token),
        invited_by: inviterId,
        invited_at: ctx.now,
        expires_at: invitationExpiry(ctx.now)
      })
      .execute();
    const letter = invitationLetter(ctx.language, {
      ...(await namesFor(tx, inviterId, scope)),
      role: roleName(scope.role, ctx.language),
      url: `${settings.origin}/invitations/${token}`,
      days: INVITATION_DAYS
    });
    ledger.about('invitation', id, scope.territoryId, { role: scope.role });
    ledger.send({ channel: 'mail', recipient: request.email, territoryId: scope.territoryId, ...letter });
    return accept(id);
  });
}

async function withdrawFormer(tx: Tx, ctx: Context, email: string, scope: Grant): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ withdrawn_at: ctx.now })
    .where('email', '=', email)
    .where('role', '=', scope.role)
    .where('territory_id', 'is not distinct from', scope.territoryId)
    .where('organization_id', 'is not distinct from', scope.organizationId)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
}

async function namesFor(tx: Tx, inviterId: Id, scope: Grant): Promise<{ inviter: string; place: string }> {
  const inviter = await tx.selectFrom('account').select('name').where('id', '=', inviterId).executeTakeFirstOrThrow();
  const place = scope.organizationId
    ? await tx.selectFrom('organization').select('name').where('id', '=', scope.organizationId).executeTakeFirst()
    : scope.territoryId
      ? await tx.selectFrom('territory').select('name').where('id', '=', scope.territoryId).executeTakeFirst()
      : undefined;
  return { inviter: inviter.name, place: place?.name ?? 'Terreau' };
}
