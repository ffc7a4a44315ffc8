import type { Context } from '@terreau/database/context';
import type { Report } from '@terreau/database/schema';
import { witnessed, type Tx, type Witness } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { Selectable } from 'kysely';
import { todayIn } from './circle.ts';
import {
  defined,
  differencesBetween,
  hashOfReport,
  type Difference,
  type FrozenReport
} from './frozen-report.rules.ts';
import { openly } from './report-disclosure.rules.ts';
import { figuresOf } from './report-figures.rules.ts';
import { reportMaterial } from './read-report-material.ts';
import { MONTH_MEASURES } from './report-measures.rules.ts';
import { daysOfMonth, monthAsked, monthsUpTo } from './report-period.rules.ts';
import { mayTellMonth } from './report.policy.ts';

export interface MonthReport {
  readonly month: string;
  readonly months: readonly string[];
  readonly report: FrozenReport;
  readonly isOver: boolean;
  readonly comment: string | null;
  readonly failed: string | null;
  readonly version: number;
  /** Null as long as it counts what the notes say today. */
  readonly frozen: { readonly at: Instant; readonly hash: string; readonly isWhole: boolean } | null;
  /** What would be another figure today; nothing while it is not frozen. */
  readonly differences: readonly Difference[];
  /** The names of what was counted, by id; a dossier that the reader may no longer open has none. */
  readonly titles: ReadonlyMap<Id, string>;
}

/**
 * A facilitator's own month: counted from the notes while it is open, as it was told once it is frozen. Each dossier
 * that it names is written down as read.
 */
export async function monthReport(
  ctx: Context,
  request: { readonly territoryId: Id; readonly month: string | null; readonly kind: 'page' | 'export' }
): Promise<MonthReport | null> {
  const { territoryId } = request;
  const { accountId } = ctx.actor;
  if (!accountId || !mayTellMonth(ctx.actor, territoryId)) return null;
  return witnessed(ctx, async (tx, saw) => {
    const today = await todayIn(tx, ctx, territoryId);
    const month = monthAsked(request.month, today);
    const row = await monthRow(tx, { territoryId, accountId, month });
    const live = await countMonth(tx, ctx, { territoryId, accountId, month });
    const frozen = (row?.frozen ?? null) as FrozenReport | null;
    const report = frozen ?? live;
    return {
      month,
      months: monthsUpTo(today),
      report,
      isOver: today > daysOfMonth(month).to,
      comment: row?.comment ?? null,
      failed: row?.failed ?? null,
      version: row?.version ?? 0,
      frozen: frozen && {
        at: row!.frozen_at!,
        hash: row!.frozen_hash!,
        isWhole: hashOfReport(frozen) === row!.frozen_hash
      },
      differences: frozen ? differencesBetween(frozen, live) : [],
      titles: await titlesIn(tx, saw, territoryId, report, request.kind)
    };
  });
}

export async function monthRow(
  tx: Tx,
  { territoryId, accountId, month }: { territoryId: Id; accountId: Id; month: string }
): Promise<Selectable<Report> | undefined> {
  return tx
    .selectFrom('report')
    .selectAll()
    .where('kind', '=', 'month')
    .where('account_id', '=', accountId)
    .where('territory_id', '=', territoryId)
    .where('from_on', '=', daysOfMonth(month).from)
    .executeTakeFirst();
}

/** The month as the notes say it now. */
export async function countMonth(
  tx: Tx,
  ctx: Context,
  { territoryId, accountId, month }: { territoryId: Id; accountId: Id; month: string }
): Promise<FrozenReport> {
  const { from, to } = daysOfMonth(month);
  const material = await reportMaterial(tx, { territoryId, from, to, accountId }, ctx.now);
  const figures = openly(figuresOf(material, MONTH_MEASURES)).map(defined);
  return { from, to, sections: [{ title: null, narrowedTo: null, figures }] };
}

/** What the reader may open of what was counted, each look being written down. */
async function titlesIn(
  tx: Tx,
  saw: Witness,
  territoryId: Id,
  report: FrozenReport,
  kind: 'page' | 'export'
): Promise<Map<Id, string>> {
  const ids = new Set(report.sections.flatMap(({ figures }) => figures.flatMap(({ dossierIds }) => dossierIds)));
  if (ids.size === 0) return new Map();
  const rows = await tx
    .selectFrom('dossier')
    .select(['id', 'title'])
    .where('id', 'in', [...ids])
    .execute();
  for (const { id } of rows) {
    saw({ dossierId: id, territoryId, as: 'facilitator', kind: kind === 'page' ? 'report' : 'export', what: 'month' });
  }
  return new Map(rows.map(({ id, title }) => [id, title]));
}
