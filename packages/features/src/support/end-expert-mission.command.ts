import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, type Verdict } from '@terreau/kernel/verdict';
import { movedNeed, type ExpertAddress, type ExpertRefusal } from './expert-rows.ts';

/** Ends a mission that delivered: its expert leaves the circle, unless another mission of theirs goes on in it. */
export async function endExpertMission(
  ctx: Context,
  address: ExpertAddress
): Promise<Verdict<undefined, ExpertRefusal>> {
  return transaction(ctx, 'end-expert-mission', async (tx, ledger) => {
    const own = await movedNeed(tx, ctx, address, 'end');
    if (!own.ok) return own;
    const { row, mission } = own.value;
    await tx
      .updateTable('expert_mission')
      .set({ ended_at: ctx.now })
      .where('id', '=', mission!.id)
      .where('dossier_id', '=', row.id)
      .execute();
    if (mission!.member_id && !(await goesOn(tx, mission!.member_id))) {
      await tx
        .updateTable('dossier_member')
        .set({ left_at: ctx.now })
        .where('id', '=', mission!.member_id)
        .where('dossier_id', '=', row.id)
        .where('role', '=', 'expert')
        .where('left_at', 'is', null)
        .execute();
    }
    ledger.about('dossier', row.id, address.territoryId, { mission: mission!.id });
    return accept();
  });
}

async function goesOn(tx: Tx, memberId: Id): Promise<boolean> {
  const row = await tx
    .selectFrom('expert_mission')
    .select('id')
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
