import { OPERATOR, type Context, type Role } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { checkInvitation, type InvitationRefusal } from './invitations.rules.ts';
import { hashToken } from './tokens.ts';

/** An invitation as the person invited reads it. */
export interface Invitation {
  readonly id: Id;
  readonly role: Role;
  readonly territoryId: Id | null;
  readonly organizationId: Id | null;
  readonly email: string;
  readonly inviterName: string;
  /** The organisation, else the territory; null for the platform. */
  readonly placeName: string | null;
  readonly territorySlug: string | null;
  readonly expiresAt: Instant;
  /** Why it cannot be accepted any more; null while it can. */
  readonly refusal: InvitationRefusal | null;
  /** Whether the address already has an account, which must then be signed in. */
  readonly hasAccount: boolean;
}

/**
 * The invitation behind a link. The token, which only the address received, is the right to read it: the row is
 * looked up for whoever holds it, account or not.
 */
export async function findInvitation(ctx: Context, token: string): Promise<Invitation | null> {
  return reading({ ...ctx, actor: OPERATOR }, (tx) => selectInvitation(tx, hashToken(token), ctx.now));
}

async function selectInvitation(tx: Tx, tokenHash: string, now: Instant): Promise<Invitation | null> {
  const row = await tx
    .selectFrom('invitation as i')
    .innerJoin('account as inviter', 'inviter.id', 'i.invited_by')
    .leftJoin('territory as t', 't.id', 'i.territory_id')
    .leftJoin('organization as o', 'o.id', 'i.organization_id')
    .leftJoin('account as holder', 'holder.email', 'i.email')
    .select(['i.id', 'i.role', 'i.territory_id', 'i.organization_id', 'i.email', 'i.expires_at'])
    .select(['i.accepted_at', 'i.withdrawn_at', 'inviter.name as inviter_name', 't.name as territory_name'])
    .select(['t.slug', 'o.name as organization_name', 'holder.id as holder_id'])
    .where('i.token_hash', '=', tokenHash)
    .executeTakeFirst();
  if (!row) return null;
  const state = { expiresAt: row.expires_at, acceptedAt: row.accepted_at, withdrawnAt: row.withdrawn_at };
  const verdict = checkInvitation(state, now);
  return {
    id: row.id,
    role: row.role as Role,
    territoryId: row.territory_id,
    organizationId: row.organization_id,
    email: row.email,
    inviterName: row.inviter_name,
    placeName: row.organization_name ?? row.territory_name,
    territorySlug: row.slug,
    expiresAt: row.expires_at,
    refusal: verdict.ok ? null : verdict.code,
    hasAccount: row.holder_id !== null
  };
}
