import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { hashToken, newToken } from '../accounts/tokens.ts';
import { LINKS_MAX_COUNT } from './find-report.query.ts';
import { funderReportRow } from './report-rows.ts';

export interface MakeReportLinkRequest {
  readonly territoryId: Id;
  readonly reportId: string;
  /** For which organisation or meeting. */
  readonly label: string;
  readonly days: number;
}

export type MakeReportLinkRefusal = 'not-found' | 'report-not-frozen' | 'too-many-links';

/** Makes a secret address for a frozen report. It is given once: only its hash is kept. */
export async function makeReportLink(
  ctx: Context,
  { territoryId, reportId, label, days }: MakeReportLinkRequest
): Promise<Verdict<string, MakeReportLinkRefusal>> {
  return transaction(ctx, 'make-report-link', async (tx, ledger): Promise<Verdict<string, MakeReportLinkRefusal>> => {
    const row = await funderReportRow(tx, ctx, territoryId, reportId, 'lock');
    if (!row) return refuse('not-found');
    if (!row.frozen_at) return refuse('report-not-frozen');
    const known = await tx.selectFrom('report_link').select('id').where('report_id', '=', row.id).execute();
    if (known.length >= LINKS_MAX_COUNT) return refuse('too-many-links', { max: LINKS_MAX_COUNT });
    const token = newToken();
    await tx
      .insertInto('report_link')
      .values({
        report_id: row.id,
        territory_id: territoryId,
        label,
        token_hash: hashToken(token),
        created_by: ctx.actor.accountId,
        created_at: ctx.now,
        expires_at: plusDays(ctx.now, days)
      })
      .execute();
    ledger.about('report', row.id, territoryId, { link: 'made' });
    return accept(token);
  });
}
