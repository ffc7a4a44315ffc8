import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { maySeeMembers, mayGrant } from './accounts.policy.ts';

export type OrganizationRole = 'organization-member' | 'organization-manager';

/** Somebody who belongs to an organisation, or who is invited to. */
export interface Member {
  readonly grantId: Id;
  readonly name: string;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly since: Instant;
  /** Whether whoever reads may end this role here; one's own is given up on one's account. */
  readonly mayEnd: boolean;
}

export interface InvitedMember {
  readonly id: Id;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly inviterName: string;
  readonly expiresAt: Instant;
}

export interface Members {
  readonly organizationName: string;
  readonly members: readonly Member[];
  /** Where the next page starts; null on the last one. */
  readonly nextAfter: Id | null;
  readonly invitations: readonly InvitedMember[];
  /** The roles that whoever reads may offer. */
  readonly offered: readonly OrganizationRole[];
}

const MEMBERS_PER_PAGE_COUNT = 50;
const INVITATIONS_MAX_COUNT = 100;

/** Who belongs to an organisation, the latest first, and who is invited. Null for whoever may not know. */
export async function listMembers(
  ctx: Context,
  request: { readonly territoryId: Id; readonly organizationId: Id; readonly after?: Id | null }
): Promise<Members | null> {
  const { territoryId, organizationId } = request;
  if (!maySeeMembers(ctx.actor, territoryId, organizationId)) return null;
  const scope = { territoryId, organizationId };
  const offered = (['organization-member', 'organization-manager'] as const).filter((role) =>
    mayGrant(ctx.actor, { role, ...scope })
  );
  return reading(ctx, async (tx) => {
    const organization = await tx
      .selectFrom('organization')
      .select('name')
      .where('id', '=', organizationId)
      .where('territory_id', '=', territoryId)
      .where('status', '!=', 'merged')
      .executeTakeFirst();
    if (!organization) return null;
    const rows = await selectMembers(tx, request);
    const members = rows.slice(0, MEMBERS_PER_PAGE_COUNT).map((row) => {
      const role = row.role as OrganizationRole;
      return { ...row, role, mayEnd: offered.includes(role) };
    });
    const nextAfter = rows.length > MEMBERS_PER_PAGE_COUNT ? members.at(-1)!.grantId : null;
    const invitations = await selectInvitations(tx, organizationId, ctx.now);
    return { organizationName: organization.name, members, nextAfter, invitations, offered };
  });
}

function selectMembers(tx: Tx, request: { organizationId: Id; territoryId: Id; after?: Id | null }) {
  const { organizationId, territoryId, after } = request;
  return tx
    .selectFrom('role_grant as g')
    .innerJoin('account as a', 'a.id', 'g.account_id')
    .select(['g.id as grantId', 'a.name', 'a.email', 'g.role', 'g.granted_at as since'])
    .where('g.territory_id', '=', territoryId)
    .where('g.organization_id', '=', organizationId)
    .where('g.ended_at', 'is', null)
    .$if(Boolean(after), (query) => query.where('g.id', '<', after!))
    .orderBy('g.id', 'desc')
    .limit(MEMBERS_PER_PAGE_COUNT + 1)
    .execute();
}

async function selectInvitations(tx: Tx, organizationId: Id, now: Instant): Promise<InvitedMember[]> {
  const rows = await tx
    .selectFrom('invitation as i')
    .innerJoin('account as inviter', 'inviter.id', 'i.invited_by')
    .select(['i.id', 'i.email', 'i.role', 'inviter.name as inviterName', 'i.expires_at as expiresAt'])
    .where('i.organization_id', '=', organizationId)
    .where('i.accepted_at', 'is', null)
    .where('i.withdrawn_at', 'is', null)
    .where('i.expires_at', '>', now)
    .orderBy('i.id', 'desc')
    .limit(INVITATIONS_MAX_COUNT)
    .execute();
  return rows.map((row) => ({ ...row, role: row.role as OrganizationRole }));
}
