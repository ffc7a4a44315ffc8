import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { checkIntake } from './intake-check.rules.ts';
import { mayWriteIntake } from './intake.policy.ts';
import { intakeDraft } from './intake-versions.ts';

export type PublishIntakeRefusal = 'not-found' | 'changed-meanwhile' | 'not-sound' | 'not-tried';

/**
 * Puts the draft in force for requests to come; what was in force is kept in the history. Refused as long as something
 * is wrong with it, or it was not tried on past requests since its last change.
 */
export async function publishIntake(
  ctx: Context,
  { territoryId, revision }: { readonly territoryId: Id; readonly revision: number }
): Promise<Verdict<Id, PublishIntakeRefusal>> {
  if (!mayWriteIntake(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'publish-intake', async (tx, ledger) => {
    await tx
      .selectFrom('intake_version')
      .select('id')
      .where('territory_id', '=', territoryId)
      .where('state', '<>', 'retired')
      .forUpdate()
      .execute();
    const draft = await intakeDraft(tx, territoryId);
    if (!draft) return refuse('not-found');
    if (draft.revision !== revision) return refuse('changed-meanwhile');
    if (checkIntake(draft.questions).length > 0) return refuse('not-sound');
    if (!draft.triedAt) return refuse('not-tried');
    await tx
      .updateTable('intake_version')
      .set({ state: 'retired', retired_at: ctx.now })
      .where('territory_id', '=', territoryId)
      .where('state', '=', 'published')
      .execute();
    await tx
      .updateTable('intake_version')
      .set({ state: 'published', published_at: ctx.now, published_by: ctx.actor.accountId })
      .where('id', '=', draft.id!)
      .execute();
    ledger.about('intake-version', draft.id!, territoryId, { number: draft.number });
    return accept(draft.id!);
  });
}
