import type { Context } from '@terreau/database/context';
import { witnessed } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { headOf, type DossierHead } from './circle.ts';
import type { ConsentPurpose } from './consent-to-diagnosis.command.ts';
import { answerOf, ownDiagnosis, type DiagnosisAddress } from './diagnosis-rows.ts';
import type { Answer } from './diagnosis.rules.ts';
import type { Form } from './diagnosis-grid.rules.ts';

export interface DiagnosisConsent {
  readonly id: Id;
  readonly item: string;
  readonly purpose: ConsentPurpose;
  readonly channel: 'page' | 'oral' | 'paper';
  readonly givenAt: Instant;
  readonly givenBy: string | null;
  readonly withdrawnAt: Instant | null;
  readonly withdrawnBy: string | null;
  readonly supportId: Id | null;
}

export interface ConsentsSheet {
  readonly head: DossierHead;
  readonly round: number;
  readonly form: Form;
  readonly agreed: ReadonlyMap<string, Answer>;
  /** The latest first, those that were taken back too. */
  readonly consents: readonly DiagnosisConsent[];
  /** It stands in a release: what was counted without a name can no longer be taken out. */
  readonly isCounted: boolean;
  readonly organizationName: string | null;
}

const CONSENTS_MAX_COUNT = 400;

/** What a structure lets others count or hear of one diagnosis; null for whoever is not of its circle. */
export async function findDiagnosisConsents(ctx: Context, address: DiagnosisAddress): Promise<ConsentsSheet | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownDiagnosis(tx, ctx, address, 'read');
    if (!own) return null;
    saw({ dossierId: own.row.id, territoryId: address.territoryId, as: own.role, kind: 'page', what: 'consents' });
    const items = await tx
      .selectFrom('diagnosis_item')
      .select(['item', 'level', 'mark'])
      .where('diagnosis_id', '=', own.diagnosis.id)
      .execute();
    const consents = await tx
      .selectFrom('diagnosis_consent as consent')
      .leftJoin('account as giver', 'giver.id', 'consent.given_by')
      .leftJoin('account as taker', 'taker.id', 'consent.withdrawn_by')
      .select(['consent.id', 'item', 'purpose', 'channel', 'given_at as givenAt', 'giver.name as givenBy'])
      .select(['withdrawn_at as withdrawnAt', 'taker.name as withdrawnBy', 'support_id as supportId'])
      .where('diagnosis_id', '=', own.diagnosis.id)
      .orderBy('consent.id', 'desc')
      .limit(CONSENTS_MAX_COUNT)
      .execute();
    const organization = own.row.organization_id
      ? await tx.selectFrom('organization').select('name').where('id', '=', own.row.organization_id).executeTakeFirst()
      : undefined;
    return {
      head: headOf(own),
      round: own.diagnosis.round,
      form: own.diagnosis.form,
      agreed: new Map(items.map((row) => [row.item, answerOf(row)])),
      consents: consents as unknown as DiagnosisConsent[],
      isCounted: own.diagnosis.counted_in !== null,
      organizationName: organization?.name ?? null
    };
  });
}
