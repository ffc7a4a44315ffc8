import type { Actor, Context, Grant, Role } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { insertGrant } from './account-rows.ts';
import { mayGrant } from './accounts.policy.ts';
import type { Authentication, Visit } from './authentication.ts';
import { checkInvitation, type InvitationRefusal } from './invitations.rules.ts';
import { grantsInForce } from './roles.rules.ts';
import { replaceSessions } from './session-renewal.ts';
import { hashToken } from './tokens.ts';

export type AcceptRefusal = 'not-found' | 'inviter-without-right' | InvitationRefusal;

export interface Accepted {
  readonly role: Role;
  readonly territoryId: Id | null;
  /** Set-Cookie lines: the session is renewed with the new role, the others end. */
  readonly cookies: readonly string[];
}

/**
 * Accepts an invitation addressed to the account that is signed in. It serves once: of two acceptances at the same
 * moment one wins. The inviter must still have the right to give the role.
 */
export async function acceptInvitation(
  ctx: Context,
  authentication: Authentication,
  visit: Visit,
  request: { readonly token: string }
): Promise<Verdict<Accepted, AcceptRefusal>> {
  const { secondFactorRequired } = authentication.settings;
  const verdict = await transaction(ctx, 'accept-invitation', async (tx, ledger) => {
    const { accountId } = ctx.actor;
    if (!accountId) return refuse('not-found');
    const invitation = await lockInvitation(tx, hashToken(request.token), accountId);
    if (!invitation) return refuse('not-found');
    const state = checkInvitation(invitation, ctx.now);
    if (!state.ok) return state;
    const inviter = await findInviter(tx, invitation.invitedBy, secondFactorRequired);
    if (!mayGrant(inviter, invitation.grant)) return refuse('inviter-without-right');
    await tx
      .updateTable('invitation')
      .set({ accepted_at: ctx.now, accepted_by: accountId })
      .where('id', '=', invitation.id)
      .execute();
    await insertGrant(tx, accountId, invitation.grant, invitation.invitedBy, ctx.now);
    await verifyTrust(tx, accountId);
    ledger.about('invitation', invitation.id, invitation.grant.territoryId, { role: invitation.grant.role });
    return accept(invitation.grant);
  });
  if (!verdict.ok) return verdict;
  const { role, territoryId } = verdict.value;
  return accept({ role, territoryId, cookies: await replaceSessions(authentication, visit) });
}

/** The invitation, held until the end of the transaction; null when it is not addressed to this account. */
async function lockInvitation(tx: Tx, tokenHash: string, accountId: Id) {
  const row = await tx
    .selectFrom('invitation as i')
    .innerJoin('account as a', 'a.email', 'i.email')
    .select(['i.id', 'i.role', 'i.territory_id', 'i.organization_id', 'i.invited_by'])
    .select(['i.expires_at', 'i.accepted_at', 'i.withdrawn_at'])
    .where('i.token_hash', '=', tokenHash)
    .where('a.id', '=', accountId)
    .forUpdate('i')
    .executeTakeFirst();
  if (!row) return null;
  const grant: Grant = { role: row.role as Role, territoryId: row.territory_id, organizationId: row.organization_id };
  return {
    id: row.id,
    grant,
    invitedBy: row.invited_by,
    expiresAt: row.expires_at,
    acceptedAt: row.accepted_at,
    withdrawnAt: row.withdrawn_at
  };
}

async function findInviter(tx: Tx, accountId: Id, secondFactorRequired: boolean): Promise<Actor> {
  const rows = await tx
    .selectFrom('role_grant as g')
    .innerJoin('account as a', 'a.id', 'g.account_id')
    .select(['g.role', 'g.territory_id', 'g.organization_id', 'a.two_factor_enabled'])
    .where('g.account_id', '=', accountId)
    .where('g.ended_at', 'is', null)
    .where('a.suspended_at', 'is', null)
    .execute();
  const held = rows.map((row): Grant => ({
    role: row.role as Role,
    territoryId: row.territory_id,
    organizationId: row.organization_id
  }));
  const isProven = !secondFactorRequired || rows.some((row) => row.two_factor_enabled);
  return { accountId, grants: grantsInForce(held, isProven), trust: 'trusted', isOperator: false };
}

/** Somebody who was invited by name is known: what they publish is no longer held. */
async function verifyTrust(tx: Tx, accountId: Id): Promise<void> {
  await tx
    .updateTable('account')
    .set({ trust: 'verified' })
    .where('id', '=', accountId)
    .where('trust', '=', 'new')
    .execute();
}
