import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';

export const NAMED_DOSSIERS_MAX_ROWS = 200;

/**
 * What a telephone may keep of one's dossiers to write notes without network: id and title of those in which one
 * writes, the next contact first. Nothing of what they hold.
 */
export async function nameOwnDossiers(ctx: Context, territoryId: Id): Promise<{ id: Id; title: string }[]> {
  const { accountId } = ctx.actor;
  if (!accountId) return [];
  return reading(ctx, (tx) =>
    tx
      .selectFrom('dossier')
      .innerJoin('dossier_member as member', 'member.dossier_id', 'dossier.id')
      .select(['dossier.id', 'dossier.title'])
      .where('dossier.territory_id', '=', territoryId)
      .where('member.account_id', '=', accountId)
      .where('member.left_at', 'is', null)
      .where('member.role', '<>', 'observer')
      .orderBy('dossier.next_contact_on')
      .orderBy('dossier.id')
      .limit(NAMED_DOSSIERS_MAX_ROWS)
      .execute()
  );
}
