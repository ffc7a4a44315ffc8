import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { saveSupport, type SaveSupportRefusal } from '../orientation/save-support.command.ts';
import type { SupportFields } from '../orientation/support.schema.ts';
import { ownDiagnosis, type DiagnosisAddress } from './diagnosis-rows.ts';

export interface OfferHelpRequest extends DiagnosisAddress {
  readonly item: string;
  readonly fields: SupportFields;
}

export type OfferHelpRefusal = 'not-found' | 'consent-missing' | 'help-already-offered' | SaveSupportRefusal;

/**
 * Proposes to the catalogue, as a draft that is reviewed like any other, what a structure does well enough to help others
 * with: only for an item about which it said yes, and once.
 */
export async function offerHelp(ctx: Context, request: OfferHelpRequest): Promise<Verdict<Id, OfferHelpRefusal>> {
  const { territoryId, fields } = request;
  const checked = await transaction(ctx, 'check-help', (tx) => withConsent(tx, ctx, request));
  if (!checked.ok) return checked;
  const saved = await saveSupport(ctx, { territoryId, supportId: null, fields, isChecked: false, isDraft: true });
  if (!saved.ok) return saved;
  return transaction<Id, OfferHelpRefusal>(ctx, 'offer-help', async (tx, ledger) => {
    // Asked again: between the two the structure may have taken its yes back, and then the draft stays a draft.
    const consent = await withConsent(tx, ctx, request);
    if (!consent.ok) return consent;
    await tx
      .updateTable('diagnosis_consent')
      .set({ support_id: saved.value })
      .where('id', '=', consent.value)
      .where('dossier_id', '=', request.dossierId)
      .execute();
    ledger.about('dossier', request.dossierId, territoryId, { support: saved.value });
    return accept(saved.value);
  });
}

/** The id of the yes in force for the item, not yet used. */
async function withConsent(
  tx: Tx,
  ctx: Context,
  request: OfferHelpRequest
): Promise<Verdict<Id, 'not-found' | 'consent-missing' | 'help-already-offered'>> {
  const own = await ownDiagnosis(tx, ctx, request, 'work');
  if (!own || own.role !== 'facilitator') return refuse('not-found');
  const consent = await tx
    .selectFrom('diagnosis_consent')
    .select(['id', 'support_id'])
    .where('diagnosis_id', '=', own.diagnosis.id)
    .where('item', '=', request.item)
    .where('purpose', '=', 'share')
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (!consent) return refuse('consent-missing');
  return consent.support_id ? refuse('help-already-offered') : accept(consent.id);
}
