import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { mayWriteIntake } from './intake.policy.ts';

/** Gives up what was being written; the questions in force stay. */
export async function dropIntakeDraft(ctx: Context, territoryId: Id): Promise<Verdict<undefined, 'not-found'>> {
  if (!mayWriteIntake(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'drop-intake-draft', async (tx, ledger) => {
    const gone = await tx
      .deleteFrom('intake_version')
      .where('territory_id', '=', territoryId)
      .where('state', '=', 'draft')
      .returning('id')
      .executeTakeFirst();
    if (!gone) return refuse('not-found');
    ledger.about('intake-version', gone.id, territoryId);
    return accept();
  });
}
