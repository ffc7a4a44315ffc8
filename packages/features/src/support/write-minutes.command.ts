import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { itemOf, movedCommittee, type CommitteeAddress, type CommitteeRefusal } from './committee-rows.ts';
import type { MinutesFields } from './committee.schema.ts';

/** Writes what was said of a dossier in the committee, and what the structure and those present agreed to do. */
export async function writeMinutes(
  ctx: Context,
  { fields, ...address }: CommitteeAddress & { readonly fields: MinutesFields }
): Promise<Verdict<undefined, CommitteeRefusal | 'minutes-empty'>> {
  return transaction(ctx, 'write-minutes', async (tx, ledger) => {
    const own = await movedCommittee(tx, ctx, address, 'write-minutes');
    if (!own.ok) return own;
    const item = await itemOf(tx, own.value.row.id, fields.item);
    if (!item) return refuse('not-found');
    if (!fields.minutes && !fields.decision) return refuse('minutes-empty');
    await tx
      .updateTable('committee_item')
      .set({
        minutes: fields.minutes,
        decision: fields.decision,
        written_by: ctx.actor.accountId,
        written_at: ctx.now
      })
      .where('id', '=', item.id)
      .where('committee_id', '=', own.value.row.id)
      .execute();
    ledger.about('committee', own.value.row.id, address.territoryId, { item: item.id });
    return accept();
  });
}
