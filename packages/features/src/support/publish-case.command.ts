import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { CASE_CONSENT_PURPOSE, CASE_CONSENT_VERSION } from '../trust/consent-texts.rules.ts';
import { workedDossier, type OwnDossier } from './circle.ts';

export interface PublishCaseRequest {
  readonly territoryId: Id;
  readonly dossierId: string;
  readonly channel: 'page' | 'oral' | 'paper';
}

export type PublishCaseRefusal = 'not-found' | 'case-missing' | 'case-published' | 'case-not-yours' | 'carrier-missing';

/**
 * Writes down the structure's yes, and shows the case to the facilitators of the territory. Who carries the dossier says
 * so on the page; whoever accompanies writes down a yes that was spoken or signed on paper.
 */
export async function publishCase(
  ctx: Context,
  { territoryId, dossierId, channel }: PublishCaseRequest
): Promise<Verdict<undefined, PublishCaseRefusal>> {
  return transaction(ctx, 'publish-case', async (tx, ledger): Promise<Verdict<undefined, PublishCaseRefusal>> => {
    const own = await workedDossier(tx, ctx, territoryId, dossierId);
    if (!own) return refuse('not-found');
    const isCarrier = own.role === 'carrier';
    if (!isCarrier && own.role !== 'facilitator') return refuse('case-not-yours');
    // A yes on the page is one's own.
    if (isCarrier !== (channel === 'page')) return refuse('case-not-yours');
    const row = await tx
      .selectFrom('support_case')
      .select(['id', 'published_at'])
      .where('dossier_id', '=', own.row.id)
      .executeTakeFirst();
    if (!row) return refuse('case-missing');
    if (row.published_at) return refuse('case-published');
    const giver = isCarrier ? { accountId: ctx.actor.accountId, personId: null } : await carrierOf(tx, own);
    if (!giver) return refuse('carrier-missing');
    const consent = await tx
      .insertInto('consent')
      .values({
        account_id: giver.accountId,
        person_id: giver.personId,
        territory_id: territoryId,
        purpose: CASE_CONSENT_PURPOSE,
        text_version: CASE_CONSENT_VERSION,
        channel,
        recorded_by: ctx.actor.accountId,
        given_at: ctx.now
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('support_case')
      .set({ consent_id: consent.id, published_at: ctx.now, updated_at: ctx.now })
      .where('id', '=', row.id)
      .where('dossier_id', '=', own.row.id)
      .execute();
    ledger.about('dossier', own.row.id, territoryId, { case: row.id, consent: consent.id });
    return accept();
  });
}

async function carrierOf(tx: Tx, { row }: OwnDossier): Promise<{ accountId: Id | null; personId: Id | null } | null> {
  const carrier = await tx
    .selectFrom('dossier_member')
    .select(['account_id as accountId', 'person_id as personId'])
    .where('dossier_id', '=', row.id)
    .where('role', '=', 'carrier')
    .where('left_at', 'is', null)
    .orderBy('joined_at')
    .limit(1)
    .executeTakeFirst();
  return carrier ?? null;
}
