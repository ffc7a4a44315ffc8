import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { funderReportRow } from './report-rows.ts';

/** Stops a secret address: from here on it leads nowhere, as if it had never been. */
export async function revokeReportLink(
  ctx: Context,
  { territoryId, reportId, linkId }: { readonly territoryId: Id; readonly reportId: string; readonly linkId: string }
): Promise<Verdict<undefined, 'not-found'>> {
  return transaction(ctx, 'revoke-report-link', async (tx, ledger) => {
    const row = await funderReportRow(tx, ctx, territoryId, reportId);
    if (!row || !isId(linkId)) return refuse('not-found');
    const { numUpdatedRows } = await tx
      .updateTable('report_link')
      .set({ revoked_at: ctx.now, revoked_by: ctx.actor.accountId })
      .where('id', '=', linkId)
      .where('report_id', '=', row.id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return refuse('not-found');
    ledger.about('report', row.id, territoryId, { link: 'revoked' });
    return accept();
  });
}
