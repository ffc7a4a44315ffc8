import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { mayMovePortfolio, mayOpenDossier } from './support.policy.ts';

export const FACILITATORS_MAX_ROWS = 200;

/** Who supports projects in a territory, by name: for whoever hands over. Nobody else is told. */
export async function listFacilitators(ctx: Context, territoryId: Id): Promise<{ id: Id; name: string }[]> {
  if (!mayOpenDossier(ctx.actor, territoryId) && !mayMovePortfolio(ctx.actor, territoryId)) return [];
  return reading(ctx, (tx) =>
    tx
      .selectFrom('role_grant')
      .innerJoin('account', 'account.id', 'role_grant.account_id')
      .select(['account.id', 'account.name'])
      .where('role_grant.territory_id', '=', territoryId)
      .where('role_grant.role', '=', 'facilitator')
      .where('role_grant.ended_at', 'is', null)
      .where('account.suspended_at', 'is', null)
      .orderBy('account.name')
      .orderBy('account.id')
      .limit(FACILITATORS_MAX_ROWS)
      .execute()
  );
}
