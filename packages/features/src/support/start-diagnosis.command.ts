import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { workedDossier } from './circle.ts';
import { isSigned } from './diagnosis-rows.ts';
import type { Form } from './diagnosis-grid.rules.ts';
import { mayStartDiagnosis } from './support.policy.ts';

export const DIAGNOSIS_ROUNDS_MAX_COUNT = 10;

export type StartDiagnosisRefusal = 'not-found' | 'move-not-yours' | 'diagnosis-open' | 'too-many-rounds';

/** Opens a round of the shared diagnosis: N, then N+1 and N+2, each after the one before was signed by both sides. */
export async function startDiagnosis(
  ctx: Context,
  request: { readonly territoryId: Id; readonly dossierId: string; readonly form: Form }
): Promise<Verdict<Id, StartDiagnosisRefusal>> {
  return transaction(ctx, 'start-diagnosis', async (tx, ledger) => {
    const own = await workedDossier(tx, ctx, request.territoryId, request.dossierId);
    if (!own) return refuse('not-found');
    if (!mayStartDiagnosis(own.role)) return refuse('move-not-yours');
    const rounds = await tx.selectFrom('diagnosis').selectAll().where('dossier_id', '=', own.row.id).execute();
    if (rounds.some((round) => !isSigned(round))) return refuse('diagnosis-open');
    if (rounds.length >= DIAGNOSIS_ROUNDS_MAX_COUNT) return refuse('too-many-rounds');
    const id = newId();
    await tx
      .insertInto('diagnosis')
      .values({
        id,
        dossier_id: own.row.id,
        territory_id: request.territoryId,
        round: rounds.length,
        form: request.form,
        opened_by: ctx.actor.accountId,
        opened_at: ctx.now
      })
      .execute();
    ledger.about('dossier', own.row.id, request.territoryId, { diagnosis: id, round: rounds.length });
    return accept(id);
  });
}
