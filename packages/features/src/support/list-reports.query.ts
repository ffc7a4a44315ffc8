import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { todayIn } from './circle.ts';
import { mayTellFunder } from './report.policy.ts';

export const REPORTS_PAGE_ROWS = 30;
const TEMPLATES_MAX_COUNT = 50;

export interface ListedReport {
  readonly id: Id;
  readonly title: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly frozenAt: Instant | null;
}

export interface ReportDesk {
  readonly today: LocalDate;
  readonly templates: readonly { readonly id: Id; readonly title: string }[];
  readonly reports: readonly ListedReport[];
  readonly next: Id | null;
}

/** The templates and the reports of a territory, the latest first; null for whoever does not coordinate it. */
export async function listReports(
  ctx: Context,
  { territoryId, after }: { readonly territoryId: Id; readonly after?: string | null }
): Promise<ReportDesk | null> {
  if (!mayTellFunder(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const rows = await tx
      .selectFrom('report')
      .select(['id', 'title', 'from_on as from', 'to_on as to', 'frozen_at as frozenAt'])
      .where('territory_id', '=', territoryId)
      .where('kind', '=', 'funder')
      .$if(isId(after), (query) => query.where('id', '<', after!))
      .orderBy('id', 'desc')
      .limit(REPORTS_PAGE_ROWS + 1)
      .execute();
    const reports = rows.slice(0, REPORTS_PAGE_ROWS);
    const templates = await tx
      .selectFrom('report_template')
      .select(['id', 'title'])
      .where('territory_id', '=', territoryId)
      .where('retired_at', 'is', null)
      .orderBy('title')
      .limit(TEMPLATES_MAX_COUNT)
      .execute();
    return {
      today: await todayIn(tx, ctx, territoryId),
      templates,
      reports,
      next: rows.length > REPORTS_PAGE_ROWS ? reports.at(-1)!.id : null
    };
  });
}
