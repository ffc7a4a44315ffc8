import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { todayIn } from './circle.ts';
import type { FrozenReport } from './frozen-report.rules.ts';
import { MEASURE_CODES } from './report-measures.rules.ts';
import { daysOfMonth, monthAsked, monthsUpTo } from './report-period.rules.ts';
import { countForTheOutside, namesShownTo } from './report-rows.ts';
import { mayTellFunder } from './report.policy.ts';

export interface TeamReport {
  readonly month: string;
  readonly months: readonly string[];
  readonly report: FrozenReport;
  readonly names: ReadonlyMap<Id, string>;
}

/**
 * A month of all facilitators together, for whoever coordinates. Nobody is named, nobody is compared: there is no such
 * table to be asked for. Small figures are hidden, since the coordination opens no dossier.
 */
export async function teamReport(
  ctx: Context,
  { territoryId, month: asked }: { readonly territoryId: Id; readonly month: string | null }
): Promise<TeamReport | null> {
  if (!mayTellFunder(ctx.actor, territoryId)) return null;
  return reading(ctx, async (tx) => {
    const today = await todayIn(tx, ctx, territoryId);
    const month = monthAsked(asked, today);
    const everything = { id: '', title: '', measures: MEASURE_CODES, themes: [], neighbourhoodId: null, qpv: null };
    const counted = { territoryId, ...daysOfMonth(month), sections: [everything], reportId: null };
    const { report } = await countForTheOutside(tx, ctx, counted);
    return {
      month,
      months: monthsUpTo(today),
      report: { ...report, sections: report.sections.map((section) => ({ ...section, title: null })) },
      names: await namesShownTo(tx, report, 'territory')
    };
  });
}
