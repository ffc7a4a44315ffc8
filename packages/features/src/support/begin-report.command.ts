import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { isReportPeriod } from './report-period.rules.ts';
import { templateRow } from './report-rows.ts';

export interface BeginReportRequest {
  readonly territoryId: Id;
  readonly templateId: string;
  readonly title: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export type BeginReportRefusal = 'not-found' | 'period-malformed' | 'template-empty';

/** Begins a report from a template: what the template asks now is what this report answers. */
export async function beginReport(
  ctx: Context,
  { territoryId, templateId, title, from, to }: BeginReportRequest
): Promise<Verdict<Id, BeginReportRefusal>> {
  return transaction(ctx, 'begin-report', async (tx, ledger): Promise<Verdict<Id, BeginReportRefusal>> => {
    const template = await templateRow(tx, ctx, territoryId, templateId);
    if (!template) return refuse('not-found');
    if (!isReportPeriod(from, to)) return refuse('period-malformed');
    if (template.sections.length === 0) return refuse('template-empty');
    const { id } = await tx
      .insertInto('report')
      .values({
        territory_id: territoryId,
        kind: 'funder',
        template_id: template.id,
        title,
        from_on: from,
        to_on: to,
        sections: JSON.stringify(template.sections),
        texts: JSON.stringify(template.texts.map((text) => ({ ...text, words: null }))),
        created_by: ctx.actor.accountId,
        created_at: ctx.now,
        updated_at: ctx.now
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ledger.about('report', id, territoryId, { template: template.id });
    return accept(id);
  });
}
