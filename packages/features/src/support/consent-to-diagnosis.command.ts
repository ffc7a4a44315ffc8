import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { asPlatform } from '../trust/as-platform.ts';
import { ownDiagnosis, sideOf, type DiagnosisAddress } from './diagnosis-rows.ts';

export const CONSENT_PURPOSES = ['count', 'share'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];
/** Only what one does well is told to others. */
const SHARED_LEVEL = 4;

export interface ConsentToDiagnosisRequest extends DiagnosisAddress {
  readonly purpose: ConsentPurpose;
  /** The items to which the structure says yes, or all that were agreed; of those that it does not name, a yes is taken back. */
  readonly items: readonly string[] | 'all';
  /** How it said so, where whoever accompanies writes it down. */
  readonly channel: 'page' | 'oral' | 'paper';
}

export type ConsentToDiagnosisRefusal = 'not-found' | 'consent-not-yours' | 'item-not-agreed';

/**
 * What the structure lets others count or hear of its diagnosis, item by item. It may be said by its people, or written
 * down by whoever accompanies, with how it was said. A yes that is taken back takes the help that was offered with it.
 */
export async function consentToDiagnosis(
  ctx: Context,
  request: ConsentToDiagnosisRequest
): Promise<Verdict<{ readonly given: number; readonly withdrawn: number }, ConsentToDiagnosisRefusal>> {
  const { purpose, channel } = request;
  return transaction(ctx, 'consent-to-diagnosis', async (tx, ledger) => {
    const own = await ownDiagnosis(tx, ctx, request, 'work');
    if (!own) return refuse('not-found');
    // An expert speaks for nobody; nobody of the structure needs a witness, and whoever accompanies is only one.
    const speaks =
      sideOf(own.role) === 'structure' ? channel === 'page' : own.role === 'facilitator' && channel !== 'page';
    if (!speaks) return refuse('consent-not-yours');
    const agreed = await tx
      .selectFrom('diagnosis_item')
      .select('item')
      .where('diagnosis_id', '=', own.diagnosis.id)
      .$if(purpose === 'share', (query) => query.where('level', '=', SHARED_LEVEL))
      .execute();
    const known = new Set(agreed.map((row) => row.item));
    const wanted = request.items === 'all' ? known : new Set(request.items);
    if ([...wanted].some((item) => !known.has(item))) return refuse('item-not-agreed');
    const inForce = await tx
      .selectFrom('diagnosis_consent')
      .select(['id', 'item', 'support_id'])
      .where('diagnosis_id', '=', own.diagnosis.id)
      .where('purpose', '=', purpose)
      .where('withdrawn_at', 'is', null)
      .execute();
    const given = [...wanted].filter((item) => inForce.every((row) => row.item !== item));
    const withdrawn = inForce.filter((row) => !wanted.has(row.item));
    await give(tx, ctx, request, given);
    await withdraw(tx, ctx, own.row.id, withdrawn);
    ledger.about('dossier', own.row.id, request.territoryId, { purpose, given, withdrawn: withdrawn.length });
    return accept({ given: given.length, withdrawn: withdrawn.length });
  });
}

async function give(tx: Tx, ctx: Context, request: ConsentToDiagnosisRequest, items: readonly string[]): Promise<void> {
  if (items.length === 0) return;
  const { purpose, channel } = request;
  await tx
    .insertInto('diagnosis_consent')
    .values(
      items.map((item) => ({
        diagnosis_id: request.diagnosisId,
        dossier_id: request.dossierId,
        territory_id: request.territoryId,
        item,
        purpose,
        channel,
        given_by: ctx.actor.accountId,
        given_at: ctx.now
      }))
    )
    .execute();
}

async function withdraw(
  tx: Tx,
  ctx: Context,
  dossierId: Id,
  rows: readonly { readonly id: string; readonly support_id: string | null }[]
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .updateTable('diagnosis_consent')
    .set({ withdrawn_at: ctx.now, withdrawn_by: ctx.actor.accountId })
    .where(
      'id',
      'in',
      rows.map((row) => row.id)
    )
    .where('dossier_id', '=', dossierId)
    .execute();
  const offered = rows.flatMap((row) => row.support_id ?? []);
  if (offered.length === 0) return;
  // The sheet is the catalogue's; the yes without which it would not stand there is theirs.
  await asPlatform(tx, () =>
    tx
      .updateTable('support')
      .set({ status: 'withdrawn', updated_at: ctx.now })
      .where('id', 'in', offered)
      .where('status', '<>', 'withdrawn')
      .execute()
  );
}
