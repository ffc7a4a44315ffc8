import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { same, templateValues } from './support-templates.rules.ts';
import { fieldsOfRow, follows, lockSupport } from './support-rows.ts';

export const TEMPLATE_NOTE_MAX_CHARACTERS = 1000;

export interface ShareSupportRequest {
  readonly territoryId: Id;
  readonly supportId: Id;
  /** What changed, for those who adopted it. */
  readonly note: string | null;
}

export type ShareSupportRefusal = 'not-found' | 'follows-a-sheet' | 'not-shown' | 'nothing-new' | 'note-too-long';

/** Shares a sheet as a template, or publishes its next version: the territories that adopted it will see what moved. */
export async function shareSupport(
  ctx: Context,
  request: ShareSupportRequest
): Promise<Verdict<{ templateId: Id; number: number }, ShareSupportRefusal>> {
  const { territoryId, note } = request;
  return transaction(ctx, 'share-support', async (tx, ledger) => {
    const row = await lockSupport(tx, ctx, territoryId, request.supportId);
    if (!row) return refuse('not-found');
    if (follows(row)) return refuse('follows-a-sheet');
    if (row.status !== 'published') return refuse('not-shown');
    if ((note ?? '').length > TEMPLATE_NOTE_MAX_CHARACTERS) return refuse('note-too-long');
    const templateId = await templateOf(row.id);
    const last = await tx
      .selectFrom('support_template_version')
      .select(['number', 'fields'])
      .where('template_id', '=', templateId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    const values = templateValues(fieldsOfRow(row));
    if (last && isSame(values, last.fields as Record<string, unknown>)) return refuse('nothing-new');
    const number = (last?.number ?? 0) + 1;
    await tx
      .insertInto('support_template_version')
      .values({
        template_id: templateId,
        number,
        title: row.title,
        fields: JSON.stringify(values),
        note,
        published_by: ctx.actor.accountId,
        published_at: ctx.now
      })
      .execute();
    ledger.about('support-template', templateId, territoryId, { number });
    return accept({ templateId, number });

    async function templateOf(supportId: Id): Promise<Id> {
      const template = await tx
        .insertInto('support_template')
        .values({
          territory_id: territoryId,
          support_id: supportId,
          shared_by: ctx.actor.accountId,
          shared_at: ctx.now
        })
        .onConflict((conflict) => conflict.column('support_id').doUpdateSet({ withdrawn_at: null }))
        .returning('id')
        .executeTakeFirstOrThrow();
      return template.id;
    }
  });
}

function isSame(values: object, others: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(values).every(([field, value]) => same(value, others[field]));
}
