import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { TEMPLATE_NOTE_MAX_CHARACTERS } from './share-support.command.ts';
import { lockSupport, supportColumns } from './support-rows.ts';
import { TEMPLATE_FIELDS, type Settled, type TemplateValues } from './support-templates.rules.ts';

export interface SettleTemplateFieldRequest {
  readonly territoryId: Id;
  readonly supportId: Id;
  readonly field: string;
  /** The version that was on the screen: a newer one asks again. */
  readonly number: number;
  /** `take` writes the template's value here; `leave` keeps ours, with a note for those who come after. */
  readonly choice: 'take' | 'leave';
  readonly note: string | null;
}

export type SettleTemplateFieldRefusal = 'not-found' | 'moved-meanwhile' | 'note-missing' | 'note-too-long';

/** Decides about one field of an adopted sheet: the new version's value, or ours and why. */
export async function settleTemplateField(
  ctx: Context,
  request: SettleTemplateFieldRequest
): Promise<Verdict<undefined, SettleTemplateFieldRefusal>> {
  const { territoryId, choice } = request;
  const note = request.note?.trim() || null;
  return transaction(ctx, `${choice}-template-field`, async (tx, ledger) => {
    const field = TEMPLATE_FIELDS.find((each) => each === request.field);
    const row = await lockSupport(tx, ctx, territoryId, request.supportId);
    if (!row || !field) return refuse('not-found');
    if (choice === 'leave' && note === null) return refuse('note-missing');
    if ((note ?? '').length > TEMPLATE_NOTE_MAX_CHARACTERS) return refuse('note-too-long');
    const adoption = await tx
      .selectFrom('support_adoption')
      .selectAll()
      .where('support_id', '=', row.id)
      .where('territory_id', '=', territoryId)
      .executeTakeFirst();
    if (!adoption) return refuse('not-found');
    const newest = await tx
      .selectFrom('support_template_version')
      .select(['number', 'fields'])
      .where('template_id', '=', adoption.template_id)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    if (newest.number !== request.number) return refuse('moved-meanwhile');
    if (choice === 'take') {
      const values = newest.fields as unknown as TemplateValues;
      await tx
        .updateTable('support')
        .set({ ...supportColumns({ [field]: values[field] }), updated_at: ctx.now })
        .where('id', '=', row.id)
        .where('territory_id', '=', territoryId)
        .execute();
    }
    const settled: Settled = {
      ...(adoption.settled as unknown as Settled),
      [field]: { number: newest.number, note: choice === 'leave' ? note : null }
    };
    await tx
      .updateTable('support_adoption')
      .set({ settled: JSON.stringify(settled) })
      .where('support_id', '=', row.id)
      .execute();
    ledger.about('support', row.id, territoryId, { field, number: newest.number });
    return accept();
  });
}
