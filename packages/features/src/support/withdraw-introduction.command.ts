import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { workedDossier } from './circle.ts';
import { lockIntroduction } from './introduction-rows.ts';
import { endLinks, tellCircle, tellOther } from './tell-sides.ts';

export interface WithdrawIntroduction {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly introductionId: string;
  readonly origin: string;
}

/** Whoever accompanies, or carries the project, takes a proposal back, or an agreement before the meeting was held. */
export async function withdrawIntroduction(
  ctx: Context,
  { territoryId, dossierId, introductionId, origin }: WithdrawIntroduction
): Promise<Verdict<undefined, 'not-found' | 'role-not-yours' | 'introduction-over'>> {
  return transaction(ctx, 'withdraw-introduction', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    if (own.role === 'expert') return refuse('role-not-yours');
    const row = await lockIntroduction(tx, territoryId, introductionId);
    if (!row || row.dossier_id !== own.row.id || row.state === 'dismissed') return refuse('not-found');
    if (row.state !== 'proposed' && row.state !== 'agreed') return refuse('introduction-over');
    await tx
      .updateTable('introduction')
      .set({ state: 'withdrawn', decided_at: ctx.now, decided_by: ctx.actor.accountId })
      .where('id', '=', row.id)
      .where('dossier_id', '=', own.row.id)
      .execute();
    await asPlatform(tx, async () => {
      const desk = { place: await placeOfTerritory(tx, territoryId), origin };
      await tellCircle(tx, ctx, ledger, row, desk, 'declined', ['carrier', 'facilitator']);
      await tellOther(tx, ctx, ledger, row, desk, 'declined');
      await endLinks(tx, row.id, ctx.now);
    });
    ledger.about('introduction', row.id, territoryId, { withdrawn: true });
    return accept();
  });
}
