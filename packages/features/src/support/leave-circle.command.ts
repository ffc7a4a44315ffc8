import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { plusDays } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { FORMER_MEMBER_READS_DAYS, workedDossier } from './circle.ts';
import { mayBringIn } from './support.policy.ts';
import type { CircleRole } from './dossier-life.rules.ts';

export interface LeaveCircleRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  /** Whose place ends: one's own, or that of somebody whom one might have brought in. */
  readonly memberId: string;
  readonly reason: string | null;
}

export type LeaveCircleRefusal = 'not-found' | 'role-not-yours' | 'last-facilitator' | 'last-carrier';

/**
 * Ends somebody's place in a circle. Who accompanied still reads for thirty days; an observer, an expert or somebody
 * of the structure reads no more. A dossier is never left without anybody who accompanies or carries it.
 */
export async function leaveCircle(
  ctx: Context,
  { territoryId, dossierId, memberId, reason }: LeaveCircleRequest
): Promise<Verdict<undefined, LeaveCircleRefusal>> {
  return transaction(ctx, 'leave-circle', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own || !isId(memberId)) return refuse('not-found');
    const members = await tx
      .selectFrom('dossier_member')
      .select(['id', 'role'])
      .where('dossier_id', '=', own.row.id)
      .where('left_at', 'is', null)
      .execute();
    const leaver = members.find((member) => member.id === memberId);
    if (!leaver) return refuse('not-found');
    const role = leaver.role as CircleRole;
    if (leaver.id !== own.memberId && !mayBringIn(own.role, role)) return refuse('role-not-yours');
    const others = members.filter((member) => member.role === role && member.id !== memberId);
    if (others.length === 0 && role === 'facilitator') return refuse('last-facilitator');
    if (others.length === 0 && role === 'carrier') return refuse('last-carrier');
    await tx
      .updateTable('dossier_member')
      .set({
        left_at: ctx.now,
        reads_until: role === 'facilitator' ? plusDays(ctx.now, FORMER_MEMBER_READS_DAYS) : null,
        reason
      })
      .where('id', '=', memberId)
      .where('dossier_id', '=', own.row.id)
      .execute();
    ledger.about('dossier', own.row.id, territoryId, { role });
    return accept();
  });
}
