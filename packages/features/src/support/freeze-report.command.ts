import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { asPlatform } from '../trust/as-platform.ts';
import { todayIn } from './circle.ts';
import { hashOfReport } from './frozen-report.rules.ts';
import { countForTheOutside, funderReportRow, insertReleased } from './report-rows.ts';

export type FreezeReportRefusal = 'not-found' | 'report-frozen' | 'period-not-over' | 'failed-missing';

/** Keeps the figures of a report to a funder for ever, with their definitions, once it says what did not work. */
export async function freezeReport(
  ctx: Context,
  { territoryId, reportId }: { readonly territoryId: Id; readonly reportId: string }
): Promise<Verdict<string, FreezeReportRefusal>> {
  return transaction(ctx, 'freeze-report', async (tx, ledger): Promise<Verdict<string, FreezeReportRefusal>> => {
    // One at a time in a territory: each must know what the others told.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`freeze-report ${territoryId}`}, 0))`.execute(tx);
    const row = await funderReportRow(tx, ctx, territoryId, reportId, 'lock');
    if (!row) return refuse('not-found');
    if (row.frozen_at) return refuse('report-frozen');
    if ((await todayIn(tx, ctx, territoryId)) < row.to_on) return refuse('period-not-over');
    if (!row.failed && !row.nothing_failed_because) return refuse('failed-missing');
    const counted = { territoryId, from: row.from_on, to: row.to_on, sections: row.sections, reportId: row.id };
    const { report, released } = await countForTheOutside(tx, ctx, counted);
    const hash = hashOfReport(report);
    await tx
      .updateTable('report')
      .set({
        frozen: JSON.stringify(report),
        frozen_hash: hash,
        frozen_at: ctx.now,
        frozen_by: ctx.actor.accountId,
        updated_at: ctx.now
      })
      .where('id', '=', row.id)
      .where('territory_id', '=', territoryId)
      .execute();
    await asPlatform(tx, () => insertReleased(tx, { reportId: row.id, territoryId }, released));
    ledger.about('report', row.id, territoryId, { hash });
    return accept(hash);
  });
}
