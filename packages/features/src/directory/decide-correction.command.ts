import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { correctionAnswer } from './directory-mails.ts';
import { worksFor } from './directory.policy.ts';

export const CORRECTION_REASON_MAX_CHARACTERS = 1000;

export interface DecideCorrectionRequest {
  readonly territoryId: Id;
  readonly correctionId: Id;
  readonly decision: 'applied' | 'dismissed';
  /** Sent to whoever reported it, if they left an address. Required to dismiss. */
  readonly reason: string | null;
}

export type DecideCorrectionRefusal = 'not-found' | 'reason-missing' | 'reason-too-long';

/** Closes a correction that somebody reported. Whoever left a mail address or a telephone number is answered. */
export async function decideCorrection(
  ctx: Context,
  request: DecideCorrectionRequest
): Promise<Verdict<{ answered: boolean }, DecideCorrectionRefusal>> {
  return transaction(ctx, 'decide-correction', async (tx, ledger) => {
    const { territoryId, decision } = request;
    const reason = request.reason?.trim() || null;
    if (!worksFor(ctx.actor, territoryId) || !isId(request.correctionId)) return refuse('not-found');
    if (decision === 'dismissed' && !reason) return refuse('reason-missing');
    if ((reason?.length ?? 0) > CORRECTION_REASON_MAX_CHARACTERS) {
      return refuse('reason-too-long', { max: CORRECTION_REASON_MAX_CHARACTERS });
    }
    const row = await tx
      .updateTable('correction')
      .set({ state: decision, decision_reason: reason, decided_by: ctx.actor.accountId, decided_at: ctx.now })
      .where('id', '=', request.correctionId)
      .where('territory_id', '=', territoryId)
      .where('state', '=', 'open')
      .returning(['id', 'organization_id', 'reporter_contact'])
      .executeTakeFirst();
    if (!row) return refuse('not-found');
    const about = await tx
      .selectFrom('organization')
      .innerJoin('territory', 'territory.id', 'organization.territory_id')
      .select(['organization.name', 'territory.languages'])
      .where('organization.id', '=', row.organization_id)
      .executeTakeFirstOrThrow();
    const contact = row.reporter_contact;
    if (contact) {
      const words = { name: about.name, applied: decision === 'applied', reason };
      const { subject, text } = correctionAnswer(about.languages[0] ?? 'fr', words);
      ledger.send({
        channel: contact.includes('@') ? 'mail' : 'sms',
        recipient: contact,
        territoryId,
        template: 'directory-correction-answer',
        foot: { kind: 'essential', language: about.languages[0] ?? 'fr' },
        subject,
        text,
        onceKey: `correction-answer:${row.id}`
      });
    }
    ledger.about('correction', row.id, territoryId, { decision, organizationId: row.organization_id });
    return accept({ answered: contact !== null });
  });
}
