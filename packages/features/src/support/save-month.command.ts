import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn } from './circle.ts';
import { monthRow } from './month-report.query.ts';
import { daysOfMonth, monthsUpTo } from './report-period.rules.ts';
import { mayTellMonth } from './report.policy.ts';
import type { MonthWords } from './report.schema.ts';

export interface SaveMonthRequest {
  readonly territoryId: Id;
  readonly month: string;
  readonly words: MonthWords;
}

export type SaveMonthRefusal = 'not-found' | 'report-frozen';

/** Keeps the few words that a facilitator adds to their month; the figures come by themselves. */
export async function saveMonth(
  ctx: Context,
  { territoryId, month, words }: SaveMonthRequest
): Promise<Verdict<Id, SaveMonthRefusal>> {
  return transaction(ctx, 'save-month', async (tx, ledger): Promise<Verdict<Id, SaveMonthRefusal>> => {
    const { accountId } = ctx.actor;
    if (!accountId || !mayTellMonth(ctx.actor, territoryId)) return refuse('not-found');
    if (!monthsUpTo(await todayIn(tx, ctx, territoryId)).includes(month)) return refuse('not-found');
    const known = await monthRow(tx, { territoryId, accountId, month });
    if (known?.frozen_at) return refuse('report-frozen');
    const { from, to } = daysOfMonth(month);
    const row = await tx
      .insertInto('report')
      .values({
        territory_id: territoryId,
        kind: 'month',
        account_id: accountId,
        title: month,
        from_on: from,
        to_on: to,
        ...words,
        created_by: accountId,
        created_at: ctx.now,
        updated_at: ctx.now
      })
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'territory_id', 'from_on'])
          .where('kind', '=', 'month')
          .doUpdateSet((set) => ({ ...words, updated_at: ctx.now, version: set('report.version', '+', 1) }))
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    ledger.about('report', row.id, territoryId, { month });
    return accept(row.id);
  });
}
