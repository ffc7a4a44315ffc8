import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { ENDED_STATES } from './dossier-life.rules.ts';

export const OPEN_PLANS_MAX_COUNT = 100;

/** The dossiers whose plan the actor may write, by name: a portfolio's line, nothing of what they hold. */
export async function listOpenPlans(
  ctx: Context,
  territoryId: Id
): Promise<{ readonly id: Id; readonly title: string }[]> {
  const { accountId } = ctx.actor;
  if (!accountId) return [];
  return reading(ctx, (tx) =>
    tx
      .selectFrom('dossier')
      .innerJoin('dossier_member as member', 'member.dossier_id', 'dossier.id')
      .select(['dossier.id', 'dossier.title'])
      .where('member.account_id', '=', accountId)
      .where('member.left_at', 'is', null)
      .where('member.role', 'in', ['facilitator', 'carrier', 'member'])
      .where('dossier.territory_id', '=', territoryId)
      .where('dossier.state', 'not in', [...ENDED_STATES])
      .orderBy('dossier.title')
      .orderBy('dossier.id')
      .limit(OPEN_PLANS_MAX_COUNT)
      .execute()
  );
}
