import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { hashToken } from '../accounts/tokens.ts';
import { asPlatform } from '../trust/as-platform.ts';
import type { FrozenReport } from './frozen-report.rules.ts';
import { namesShownTo, type AnsweredText } from './report-rows.ts';

/** A frozen report as somebody without an account reads it. */
export interface SharedReport {
  readonly title: string;
  readonly territory: string;
  readonly timeZone: string;
  readonly report: FrozenReport;
  readonly texts: readonly AnsweredText[];
  readonly comment: string | null;
  readonly failed: string | null;
  readonly nothingFailedBecause: string | null;
  readonly frozenAt: Instant;
  readonly hash: string;
  readonly expiresAt: Instant;
  /** Dossiers whose circle shows them to everybody. */
  readonly names: ReadonlyMap<Id, string>;
}

const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/** Opens a secret address, and counts that it was opened. Unknown, stopped and expired are one answer. */
export async function openReportLink(ctx: Context, token: string): Promise<Verdict<SharedReport, 'not-found'>> {
  return transaction(ctx, 'open-report-link', async (tx, ledger): Promise<Verdict<SharedReport, 'not-found'>> => {
    if (!TOKEN.test(token)) return refuse('not-found');
    return asPlatform(tx, async () => {
      const found = await reportBehind(tx, ctx, token);
      if (!found) return refuse('not-found');
      await sql`update report_link set openings = openings + 1, last_opened_at = ${ctx.now}
        where token_hash = ${hashToken(token)}`.execute(tx);
      ledger.about('report', found.id, found.territoryId, { link: 'opened' });
      return accept({ ...found, names: await namesShownTo(tx, found.report, 'public') });
    });
  });
}

type Behind = Omit<SharedReport, 'names'> & { readonly id: Id; readonly territoryId: Id };

async function reportBehind(tx: Tx, ctx: Context, token: string): Promise<Behind | null> {
  const row = await tx
    .selectFrom('report_link as link')
    .innerJoin('report', 'report.id', 'link.report_id')
    .innerJoin('territory', 'territory.id', 'report.territory_id')
    .select(['report.id', 'report.territory_id as territoryId', 'report.title', 'report.frozen as report'])
    .select(['report.texts', 'report.comment', 'report.failed', 'report.frozen_at as frozenAt'])
    .select(['report.nothing_failed_because as nothingFailedBecause', 'report.frozen_hash as hash'])
    .select(['territory.name as territory', 'territory.time_zone as timeZone', 'link.expires_at as expiresAt'])
    .where('link.token_hash', '=', hashToken(token))
    .where('link.revoked_at', 'is', null)
    .where('link.expires_at', '>', ctx.now)
    .where('report.frozen_at', 'is not', null)
    .where('territory.closed_at', 'is', null)
    .executeTakeFirst();
  return (row as Behind | undefined) ?? null;
}
