import type { Context, Role } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';

/** A role that one holds, whether or not its rights wait for a second factor. */
export interface OwnRole {
  readonly grantId: Id;
  readonly role: Role;
  readonly territoryName: string | null;
  readonly territorySlug: string | null;
  readonly organizationName: string | null;
  readonly since: Instant;
}

const ROLES_MAX_COUNT = 200;

/** One's own roles, the oldest first. */
export async function listOwnRoles(ctx: Context): Promise<OwnRole[]> {
  const { accountId } = ctx.actor;
  if (!accountId) return [];
  return reading(ctx, async (tx) => {
    const rows = await tx
      .selectFrom('role_grant as g')
      .leftJoin('territory as t', 't.id', 'g.territory_id')
      .leftJoin('organization as o', 'o.id', 'g.organization_id')
      .select(['g.id as grantId', 'g.role', 't.name as territoryName', 't.slug as territorySlug'])
      .select(['o.name as organizationName', 'g.granted_at as since'])
      .where('g.account_id', '=', accountId)
      .where('g.ended_at', 'is', null)
      .orderBy('g.id')
      .limit(ROLES_MAX_COUNT)
      .execute();
    return rows.map((row) => ({ ...row, role: row.role as Role }));
  });
}
