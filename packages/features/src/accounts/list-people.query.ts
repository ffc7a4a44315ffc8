import type { Context, Role } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { maySeePeople } from './accounts.policy.ts';

/** A role in force, and who holds it. */
export interface RoleHolder {
  readonly grantId: Id;
  readonly accountId: Id;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly organizationName: string | null;
  readonly since: Instant;
  /** Without it a staff role is not in force yet. */
  readonly hasSecondFactor: boolean;
}

export interface PendingInvitation {
  readonly id: Id;
  readonly email: string;
  readonly role: Role;
  readonly organizationName: string | null;
  readonly inviterName: string;
  readonly expiresAt: Instant;
}

export interface People {
  readonly holders: readonly RoleHolder[];
  /** Where the next page starts; null on the last one. */
  readonly nextAfter: Id | null;
  /** The latest first, a hundred at most. */
  readonly invitations: readonly PendingInvitation[];
}

const HOLDERS_PER_PAGE_COUNT = 50;
const INVITATIONS_MAX_COUNT = 100;

/** Who holds which role in a territory, the latest first, and who is invited. Null for whoever may not know. */
export async function listPeople(
  ctx: Context,
  request: { readonly territoryId: Id; readonly after?: Id | null }
): Promise<People | null> {
  const { territoryId, after } = request;
  if (!maySeePeople(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const rows = await tx
      .selectFrom('role_grant as g')
      .innerJoin('account as a', 'a.id', 'g.account_id')
      .leftJoin('organization as o', 'o.id', 'g.organization_id')
      .select(['g.id as grantId', 'g.account_id as accountId', 'a.name', 'a.email', 'g.role', 'g.granted_at as since'])
      .select(['o.name as organizationName', 'a.two_factor_enabled as hasSecondFactor'])
      .where('g.territory_id', '=', territoryId)
      .where('g.ended_at', 'is', null)
      .$if(Boolean(after), (query) => query.where('g.id', '<', after!))
      .orderBy('g.id', 'desc')
      .limit(HOLDERS_PER_PAGE_COUNT + 1)
      .execute();
    const invitations = await tx
      .selectFrom('invitation as i')
      .innerJoin('account as inviter', 'inviter.id', 'i.invited_by')
      .leftJoin('organization as o', 'o.id', 'i.organization_id')
      .select(['i.id', 'i.email', 'i.role', 'o.name as organizationName', 'inviter.name as inviterName'])
      .select('i.expires_at as expiresAt')
      .where('i.territory_id', '=', territoryId)
      .where('i.accepted_at', 'is', null)
      .where('i.withdrawn_at', 'is', null)
      .where('i.expires_at', '>', ctx.now)
      .orderBy('i.id', 'desc')
      .limit(INVITATIONS_MAX_COUNT)
      .execute();
    const holders = rows.slice(0, HOLDERS_PER_PAGE_COUNT).map((row) => ({ ...row, role: row.role as Role }));
    return {
      holders,
      nextAfter: rows.length > HOLDERS_PER_PAGE_COUNT ? holders.at(-1)!.grantId : null,
      invitations: invitations.map((row) => ({ ...row, role: row.role as Role }))
    };
  });
}
