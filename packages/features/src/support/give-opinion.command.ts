import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { itemOf, movedCommittee, type CommitteeAddress, type CommitteeRefusal } from './committee-rows.ts';
import type { OpinionFields } from './committee.schema.ts';

/** Gives one's opinion on a dossier of the agenda, or changes it. It binds nobody: the structure decides. */
export async function giveOpinion(
  ctx: Context,
  { fields, ...address }: CommitteeAddress & { readonly fields: OpinionFields }
): Promise<Verdict<undefined, CommitteeRefusal>> {
  return transaction(ctx, 'give-opinion', async (tx, ledger) => {
    const own = await movedCommittee(tx, ctx, address, 'give-opinion');
    if (!own.ok) return own;
    const item = await itemOf(tx, own.value.row.id, fields.item);
    if (!item) return refuse('not-found');
    await tx
      .insertInto('committee_opinion')
      .values({
        item_id: item.id,
        dossier_id: item.dossier_id,
        territory_id: address.territoryId,
        opinion: fields.opinion,
        given_by: ctx.actor.accountId,
        given_at: ctx.now
      })
      .onConflict((conflict) =>
        conflict.columns(['item_id', 'given_by']).doUpdateSet({ opinion: fields.opinion, given_at: ctx.now })
      )
      .execute();
    ledger.about('committee', own.value.row.id, address.territoryId, { item: item.id });
    return accept();
  });
}
