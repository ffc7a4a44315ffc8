import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn } from './circle.ts';
import { hashOfReport } from './frozen-report.rules.ts';
import { countMonth, monthRow } from './month-report.query.ts';
import { daysOfMonth } from './report-period.rules.ts';

export type FreezeMonthRefusal = 'not-found' | 'report-frozen' | 'period-not-over';

/** Keeps a month's figures for ever: what the notes say later changes nothing in them. The words were saved before. */
export async function freezeMonth(
  ctx: Context,
  { territoryId, month }: { readonly territoryId: Id; readonly month: string }
): Promise<Verdict<string, FreezeMonthRefusal>> {
  return transaction(ctx, 'freeze-month', async (tx, ledger): Promise<Verdict<string, FreezeMonthRefusal>> => {
    const { accountId } = ctx.actor;
    const row = accountId ? await monthRow(tx, { territoryId, accountId, month }) : undefined;
    if (!row) return refuse('not-found');
    if (row.frozen_at) return refuse('report-frozen');
    if ((await todayIn(tx, ctx, territoryId)) < daysOfMonth(month).to) return refuse('period-not-over');
    const report = await countMonth(tx, ctx, { territoryId, accountId: accountId!, month });
    const hash = hashOfReport(report);
    await tx
      .updateTable('report')
      .set({
        frozen: JSON.stringify(report),
        frozen_hash: hash,
        frozen_at: ctx.now,
        frozen_by: accountId,
        updated_at: ctx.now
      })
      .where('id', '=', row.id)
      .where('account_id', '=', accountId)
      .where('frozen_at', 'is', null)
      .execute();
    ledger.about('report', row.id, territoryId, { month, hash });
    return accept(hash);
  });
}
