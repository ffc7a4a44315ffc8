import type { Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import { todayIn } from './circle.ts';
import { differencesBetween, hashOfReport, type Difference, type FrozenReport } from './frozen-report.rules.ts';
import { countForTheOutside, funderReportRow, namesShownTo, type AnsweredText } from './report-rows.ts';

export interface ListedLink {
  readonly id: Id;
  readonly label: string;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly openings: number;
  readonly lastOpenedAt: Instant | null;
}

export interface ReportSheet {
  readonly id: Id;
  readonly title: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly isOver: boolean;
  readonly version: number;
  readonly report: FrozenReport;
  readonly texts: readonly AnsweredText[];
  readonly comment: string | null;
  readonly failed: string | null;
  readonly nothingFailedBecause: string | null;
  readonly frozen: { readonly at: Instant; readonly hash: string; readonly isWhole: boolean } | null;
  /** What would be another figure today, for the staff alone. */
  readonly differences: readonly Difference[];
  /** Dossiers whose circle shows them to the territory. */
  readonly names: ReadonlyMap<Id, string>;
  readonly links: readonly ListedLink[];
}

/** A report to a funder for whoever coordinates: as it was told when it is frozen, as it would be told now before. */
export async function findReport(
  ctx: Context,
  { territoryId, reportId }: { readonly territoryId: Id; readonly reportId: string }
): Promise<ReportSheet | null> {
  return reading(ctx, async (tx) => {
    const row = await funderReportRow(tx, ctx, territoryId, reportId);
    if (!row) return null;
    const counted = { territoryId, from: row.from_on, to: row.to_on, sections: row.sections, reportId: row.id };
    const { report: today } = await countForTheOutside(tx, ctx, counted);
    const report = row.frozen ?? today;
    return {
      id: row.id,
      title: row.title,
      from: row.from_on,
      to: row.to_on,
      isOver: (await todayIn(tx, ctx, territoryId)) >= row.to_on,
      version: row.version,
      report,
      texts: row.texts,
      comment: row.comment,
      failed: row.failed,
      nothingFailedBecause: row.nothing_failed_because,
      frozen: row.frozen && {
        at: row.frozen_at!,
        hash: row.frozen_hash!,
        isWhole: hashOfReport(row.frozen) === row.frozen_hash
      },
      differences: row.frozen ? differencesBetween(row.frozen, today) : [],
      names: await namesShownTo(tx, report, 'territory'),
      links: await linksOf(tx, row.id)
    };
  });
}

async function linksOf(tx: Tx, reportId: Id): Promise<ListedLink[]> {
  return tx
    .selectFrom('report_link')
    .select(['id', 'label', 'expires_at as expiresAt', 'revoked_at as revokedAt', 'openings'])
    .select('last_opened_at as lastOpenedAt')
    .where('report_id', '=', reportId)
    .orderBy('id', 'desc')
    .limit(LINKS_MAX_COUNT)
    .execute();
}

export const LINKS_MAX_COUNT = 20;
