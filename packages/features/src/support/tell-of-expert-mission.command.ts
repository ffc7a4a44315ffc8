import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { movedNeed, type ExpertAddress, type ExpertRefusal } from './expert-rows.ts';
import type { ExpertFeedbackFields } from './expert.schema.ts';

export type TellOfExpertMissionRefusal = ExpertRefusal | 'told-already';

/** Three short questions, once to each side: the structure, and the expert. */
export async function tellOfExpertMission(
  ctx: Context,
  { fields, ...address }: ExpertAddress & { readonly fields: ExpertFeedbackFields }
): Promise<Verdict<undefined, TellOfExpertMissionRefusal>> {
  return transaction(ctx, 'tell-of-expert-mission', async (tx, ledger) => {
    const own = await movedNeed(tx, ctx, address, fields.side === 'expert' ? 'tell-expert' : 'tell-structure');
    if (!own.ok) return own;
    const { row, mission } = own.value;
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('expert_feedback')
      .values({
        mission_id: mission!.id,
        side: fields.side,
        dossier_id: row.id,
        territory_id: address.territoryId,
        first: fields.first,
        second: fields.second,
        third: fields.third,
        written_by: ctx.actor.accountId,
        written_at: ctx.now
      })
      .onConflict((conflict) => conflict.columns(['mission_id', 'side']).doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return refuse('told-already');
    ledger.about('dossier', row.id, address.territoryId, { side: fields.side });
    return accept();
  });
}
