import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { ownDiagnosis, type DiagnosisAddress } from './diagnosis-rows.ts';

export type CompareDiagnosisRefusal = 'not-found' | 'move-not-yours' | 'comparison-opened' | 'views-missing';

/** Opens the comparison: only once both sides have handed in a view, since from here everybody reads all of them. */
export async function compareDiagnosis(
  ctx: Context,
  address: DiagnosisAddress
): Promise<Verdict<undefined, CompareDiagnosisRefusal>> {
  return transaction(ctx, 'compare-diagnosis', async (tx, ledger) => {
    const own = await ownDiagnosis(tx, ctx, address, 'work');
    if (!own) return refuse('not-found');
    if (own.role !== 'facilitator') return refuse('move-not-yours');
    if (own.diagnosis.compared_at) return refuse('comparison-opened');
    const views = await tx
      .selectFrom('diagnosis_view')
      .select('side')
      .where('diagnosis_id', '=', own.diagnosis.id)
      .where('submitted_at', 'is not', null)
      .execute();
    const sides = new Set(views.map((view) => view.side));
    if (sides.size < 2) return refuse('views-missing');
    await tx.updateTable('diagnosis').set({ compared_at: ctx.now }).where('id', '=', own.diagnosis.id).execute();
    ledger.about('dossier', own.row.id, address.territoryId, { diagnosis: own.diagnosis.id });
    return accept();
  });
}
