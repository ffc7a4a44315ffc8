import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { ENDED_STATES } from './dossier-life.rules.ts';
import { ASKED_AFTER_DAYS } from './introduction.rules.ts';

export const CLOSE_ACTIONS_SHOWN_ROWS = 5;

/** A dossier that the actor accompanies: a close action has been known for a month, and no meeting was proposed. */
export interface UnmetDossier {
  readonly id: Id;
  readonly title: string;
}

/** The dossiers for which a meeting could be proposed, the oldest first; one line of a week, and no more. */
export async function listUnmetDossiers(ctx: Context, territoryId: Id): Promise<UnmetDossier[]> {
  const { accountId } = ctx.actor;
  if (!accountId) return [];
  return reading(ctx, (tx) =>
    tx
      .selectFrom('dossier')
      .innerJoin('dossier_member as member', 'member.dossier_id', 'dossier.id')
      .select(['dossier.id', 'dossier.title'])
      .where('dossier.territory_id', '=', territoryId)
      .where('dossier.state', 'not in', [...ENDED_STATES, 'paused'])
      .where('close_noticed_at', '<=', plusDays(ctx.now, -ASKED_AFTER_DAYS))
      .where('member.account_id', '=', accountId)
      .where('member.role', '=', 'facilitator')
      .where('member.left_at', 'is', null)
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('introduction')
              .select('introduction.id')
              .whereRef('introduction.dossier_id', '=', 'dossier.id')
              .where('introduction.state', 'in', ['proposed', 'agreed', 'met'])
          )
        )
      )
      .orderBy('close_noticed_at')
      .orderBy('dossier.id')
      .limit(CLOSE_ACTIONS_SHOWN_ROWS)
      .execute()
  );
}
