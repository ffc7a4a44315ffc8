import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { templateRow } from './report-rows.ts';
import { changedTemplate, type TemplateChange, type TemplateRefusal } from './report-template.rules.ts';

export interface ChangeTemplateRequest {
  readonly territoryId: Id;
  readonly templateId: string;
  /** The one that was on screen: of two people who change it at once, the second is told. */
  readonly version: number;
  readonly change: TemplateChange | { readonly kind: 'retire' };
}

export type ChangeTemplateRefusal = 'not-found' | 'changed-meanwhile' | TemplateRefusal;

/** Changes a template. Reports that were begun from it keep what it said then. */
export async function changeReportTemplate(
  ctx: Context,
  { territoryId, templateId, version, change }: ChangeTemplateRequest
): Promise<Verdict<undefined, ChangeTemplateRefusal>> {
  return transaction(ctx, 'change-report-template', async (tx, ledger) => {
    const row = await templateRow(tx, ctx, territoryId, templateId, 'lock');
    if (!row) return refuse('not-found');
    if (row.version !== version) return refuse('changed-meanwhile');
    const verdict = change.kind === 'retire' ? accept(row) : changedTemplate(row, change);
    if (!verdict.ok) return verdict;
    const { title, sections, texts } = verdict.value;
    await tx
      .updateTable('report_template')
      .set({
        title,
        sections: JSON.stringify(sections),
        texts: JSON.stringify(texts),
        version: row.version + 1,
        updated_at: ctx.now,
        retired_at: change.kind === 'retire' ? ctx.now : null
      })
      .where('id', '=', row.id)
      .where('territory_id', '=', territoryId)
      .execute();
    ledger.about('report-template', row.id, territoryId, { change: change.kind });
    return accept();
  });
}
