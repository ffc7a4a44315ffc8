import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { todayIn, workedDossier } from './circle.ts';

export interface KeepCallBackRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly contactId: string;
  /** Made; or to be made today, when its day has passed. */
  readonly outcome: 'reached' | 'postponed';
}

export type KeepCallBackRefusal = 'not-found' | 'move-not-yours';

/** What came of a call that was promised to a structure: made by whoever accompanies it, or put off to today. */
export async function keepCallBack(
  ctx: Context,
  { territoryId, dossierId, contactId, outcome }: KeepCallBackRequest
): Promise<Verdict<undefined, KeepCallBackRefusal>> {
  return transaction(ctx, 'keep-call-back', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own || !isId(contactId)) return refuse('not-found');
    if (own.role !== 'facilitator') return refuse('move-not-yours');
    const change =
      outcome === 'reached' ? { done_at: ctx.now, outcome } : { promised_on: await todayIn(tx, ctx, territoryId) };
    const { numUpdatedRows } = await tx
      .updateTable('promised_contact')
      .set(change)
      .where('id', '=', contactId)
      .where('dossier_id', '=', own.row.id)
      .where('done_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return refuse('not-found');
    ledger.about('dossier', own.row.id, territoryId, { call: contactId, outcome });
    return accept();
  });
}
