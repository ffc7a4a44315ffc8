import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { LocalDate } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { promiseCallBack } from './call-back.ts';
import { todayIn } from './circle.ts';
import { columnsOf, isSigned, ownDiagnosis, type DiagnosisAddress } from './diagnosis-rows.ts';
import { alertsOf, type AgreedItem } from './diagnosis.rules.ts';
import { itemCodes } from './diagnosis-grid.rules.ts';

export const EVIDENCE_MAX_CHARACTERS = 300;
export const PEOPLE_PRESENT_MAX_CHARACTERS = 500;

export interface AgreedTogether extends AgreedItem {
  readonly evidence: string | null;
}

export interface AgreeDiagnosisRequest extends DiagnosisAddress {
  readonly agreedOn: LocalDate | null;
  readonly peoplePresent: string | null;
  readonly items: readonly AgreedTogether[];
}

export type AgreeDiagnosisRefusal =
  'not-found' | 'comparison-missing' | 'diagnosis-signed' | 'meeting-missing' | 'note-in-the-future' | 'too-long';

/**
 * Writes down the levels that were agreed in a meeting: with its date, who was there, and a line of evidence. A level
 * that worries promises a call within two working days, in private. A changed agreement loses its signatures.
 */
export async function agreeDiagnosis(
  ctx: Context,
  request: AgreeDiagnosisRequest
): Promise<Verdict<readonly string[], AgreeDiagnosisRefusal>> {
  return transaction(ctx, 'agree-diagnosis', async (tx, ledger) => {
    const own = await ownDiagnosis(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    const { diagnosis } = own;
    if (!diagnosis.compared_at) return refuse('comparison-missing');
    if (isSigned(diagnosis)) return refuse('diagnosis-signed');
    const agreedOn = request.agreedOn ?? diagnosis.agreed_on;
    const peoplePresent = request.peoplePresent ?? diagnosis.people_present;
    if (!agreedOn || !peoplePresent) return refuse('meeting-missing');
    const today = await todayIn(tx, ctx, request.territoryId);
    if (agreedOn > today) return refuse('note-in-the-future');
    if (peoplePresent.length > PEOPLE_PRESENT_MAX_CHARACTERS) {
      return refuse('too-long', { max: PEOPLE_PRESENT_MAX_CHARACTERS });
    }
    if (request.items.some(({ evidence }) => (evidence?.length ?? 0) > EVIDENCE_MAX_CHARACTERS)) {
      return refuse('too-long', { max: EVIDENCE_MAX_CHARACTERS });
    }
    await tx
      .updateTable('diagnosis')
      .set({
        agreed_on: agreedOn,
        people_present: peoplePresent,
        structure_signed_at: null,
        structure_signed_by: null,
        adviser_signed_at: null,
        adviser_signed_by: null
      })
      .where('id', '=', diagnosis.id)
      .execute();
    const asked = new Set(itemCodes(diagnosis.form));
    const items = request.items.filter(({ item }) => asked.has(item));
    for (const item of items) await writeItem(tx, ctx, request, item);
    const alerts = alertsOf(items);
    if (alerts.length > 0) await promiseCallBack(tx, ctx, request.territoryId, own.row.id);
    ledger.about('dossier', own.row.id, request.territoryId, { diagnosis: diagnosis.id, items: items.length });
    return accept(alerts);
  });
}

async function writeItem(
  tx: Tx,
  ctx: Context,
  place: DiagnosisAddress,
  { item, answer, importance, evidence }: AgreedTogether
): Promise<void> {
  const agreed = {
    ...columnsOf(answer),
    importance,
    evidence,
    agreed_at: ctx.now,
    agreed_by: ctx.actor.accountId
  };
  await tx
    .insertInto('diagnosis_item')
    .values({
      diagnosis_id: place.diagnosisId,
      item,
      dossier_id: place.dossierId,
      territory_id: place.territoryId,
      ...agreed
    })
    .onConflict((conflict) => conflict.columns(['diagnosis_id', 'item']).doUpdateSet(agreed))
    .execute();
}
