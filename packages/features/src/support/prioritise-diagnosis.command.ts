import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { isSigned, ownDiagnosis, type DiagnosisAddress } from './diagnosis-rows.ts';
import { PRIORITIES_MAX_COUNT } from './diagnosis.rules.ts';

export interface PrioritiseDiagnosisRequest extends DiagnosisAddress {
  /** Items in the order chosen; the structure may choose otherwise than what is proposed. */
  readonly items: readonly string[];
}

export type PrioritiseDiagnosisRefusal =
  'not-found' | 'diagnosis-signed' | 'too-many-priorities' | 'priority-not-agreed';

/** Chooses what to begin with: three at most, in the order given, among what was agreed. */
export async function prioritiseDiagnosis(
  ctx: Context,
  request: PrioritiseDiagnosisRequest
): Promise<Verdict<undefined, PrioritiseDiagnosisRefusal>> {
  const chosen = [...new Set(request.items)];
  return transaction(ctx, 'prioritise-diagnosis', async (tx, ledger) => {
    const own = await ownDiagnosis(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    if (isSigned(own.diagnosis)) return refuse('diagnosis-signed');
    if (chosen.length > PRIORITIES_MAX_COUNT) return refuse('too-many-priorities', { max: PRIORITIES_MAX_COUNT });
    const items = tx.updateTable('diagnosis_item').where('diagnosis_id', '=', own.diagnosis.id);
    await items.set({ priority: null }).where('priority', 'is not', null).execute();
    for (const [index, item] of chosen.entries()) {
      const { numUpdatedRows } = await items
        .set({ priority: index + 1 })
        .where('item', '=', item)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return refuse('priority-not-agreed');
    }
    ledger.about('dossier', own.row.id, request.territoryId, { priorities: chosen });
    return accept();
  });
}
