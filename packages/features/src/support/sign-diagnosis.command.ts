import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { isSigned, ownDiagnosis, sideOf, type DiagnosisAddress } from './diagnosis-rows.ts';

export interface SignDiagnosisRequest extends DiagnosisAddress {
  /** Whoever accompanies writes down the signature that the structure put on paper. */
  readonly onPaper: boolean;
}

export type SignDiagnosisRefusal = 'not-found' | 'diagnosis-signed' | 'nothing-agreed' | 'move-not-yours';

/** Signs the report for one's side; signed by both, the diagnosis no longer changes. */
export async function signDiagnosis(
  ctx: Context,
  request: SignDiagnosisRequest
): Promise<Verdict<{ readonly isComplete: boolean }, SignDiagnosisRefusal>> {
  return transaction(ctx, 'sign-diagnosis', async (tx, ledger) => {
    const own = await ownDiagnosis(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    if (isSigned(own.diagnosis)) return refuse('diagnosis-signed');
    if (own.role === 'expert') return refuse('move-not-yours');
    if (request.onPaper && own.role !== 'facilitator') return refuse('move-not-yours');
    const agreed = await tx
      .selectFrom('diagnosis_item')
      .select('item')
      .where('diagnosis_id', '=', own.diagnosis.id)
      .limit(1)
      .executeTakeFirst();
    if (!agreed) return refuse('nothing-agreed');
    const side = request.onPaper ? 'structure' : sideOf(own.role);
    const signed =
      side === 'structure'
        ? { structure_signed_at: ctx.now, structure_signed_by: ctx.actor.accountId }
        : { adviser_signed_at: ctx.now, adviser_signed_by: ctx.actor.accountId };
    await tx.updateTable('diagnosis').set(signed).where('id', '=', own.diagnosis.id).execute();
    ledger.about('dossier', own.row.id, request.territoryId, { diagnosis: own.diagnosis.id, side });
    return accept({ isComplete: isSigned({ ...own.diagnosis, ...signed }) });
  });
}
