import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { funderReportRow } from './report-rows.ts';
import type { ReportWords } from './report.schema.ts';

export interface WriteReportRequest {
  readonly territoryId: Id;
  readonly reportId: string;
  readonly version: number;
  readonly words: ReportWords;
  /** What was answered, by the id of the question. */
  readonly answers: ReadonlyMap<string, string>;
}

export type WriteReportRefusal =
  'not-found' | 'changed-meanwhile' | 'report-frozen' | 'answer-too-long' | 'failed-or-nothing';

/** Keeps the words of a report. What a question leaves no room for is refused, not cut. */
export async function writeReport(
  ctx: Context,
  { territoryId, reportId, version, words, answers }: WriteReportRequest
): Promise<Verdict<undefined, WriteReportRefusal>> {
  return transaction(ctx, 'write-report', async (tx, ledger) => {
    const row = await funderReportRow(tx, ctx, territoryId, reportId, 'lock');
    if (!row) return refuse('not-found');
    if (row.frozen_at) return refuse('report-frozen');
    if (row.version !== version) return refuse('changed-meanwhile');
    if (words.failed && words.nothingFailedBecause) return refuse('failed-or-nothing');
    const texts = row.texts.map((text) => ({ ...text, words: answers.get(text.id)?.trim() || null }));
    const tooLong = texts.find((text) => (text.words?.length ?? 0) > text.maxCharacters);
    if (tooLong) return refuse('answer-too-long', { field: `text-${tooLong.id}`, max: tooLong.maxCharacters });
    await tx
      .updateTable('report')
      .set({
        texts: JSON.stringify(texts),
        comment: words.comment,
        failed: words.failed,
        nothing_failed_because: words.nothingFailedBecause,
        version: row.version + 1,
        updated_at: ctx.now
      })
      .where('id', '=', row.id)
      .where('territory_id', '=', territoryId)
      .execute();
    ledger.about('report', row.id, territoryId);
    return accept();
  });
}
