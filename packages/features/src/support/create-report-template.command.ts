import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { mayTellFunder } from './report.policy.ts';

/** Begins a template: its parts are added one by one. */
export async function createReportTemplate(
  ctx: Context,
  { territoryId, title }: { readonly territoryId: Id; readonly title: string }
): Promise<Verdict<Id, 'not-found'>> {
  return transaction(ctx, 'create-report-template', async (tx, ledger): Promise<Verdict<Id, 'not-found'>> => {
    if (!mayTellFunder(ctx.actor, territoryId)) return refuse('not-found');
    const { id } = await tx
      .insertInto('report_template')
      .values({
        territory_id: territoryId,
        title,
        created_by: ctx.actor.accountId,
        created_at: ctx.now,
        updated_at: ctx.now
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ledger.about('report-template', id, territoryId);
    return accept(id);
  });
}
