import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn } from './circle.ts';
import { movedNeed, type ExpertAddress, type ExpertRefusal } from './expert-rows.ts';
import type { ExpertDeliveryFields } from './expert.schema.ts';

export type DeliverExpertMissionRefusal = ExpertRefusal | 'delivered-later';

/** Says what a mission delivered, and when. */
export async function deliverExpertMission(
  ctx: Context,
  { fields, ...address }: ExpertAddress & { readonly fields: ExpertDeliveryFields }
): Promise<Verdict<undefined, DeliverExpertMissionRefusal>> {
  return transaction(ctx, 'deliver-expert-mission', async (tx, ledger) => {
    const own = await movedNeed(tx, ctx, address, 'deliver');
    if (!own.ok) return own;
    const { row, mission } = own.value;
    if (fields.deliveredOn > (await todayIn(tx, ctx, address.territoryId))) return refuse('delivered-later');
    await tx
      .updateTable('expert_mission')
      .set({ delivered_on: fields.deliveredOn, delivered_words: fields.deliveredWords })
      .where('id', '=', mission!.id)
      .where('dossier_id', '=', row.id)
      .execute();
    ledger.about('dossier', row.id, address.territoryId, { mission: mission!.id });
    return accept();
  });
}
