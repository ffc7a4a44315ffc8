import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** Takes back one's own consent: one tap, no question. What was shown thanks to it is no longer shown. */
export async function withdrawConsent(
  ctx: Context,
  request: { readonly consentId: Id }
): Promise<Verdict<undefined, 'not-found'>> {
  return transaction(ctx, 'withdraw-consent', async (tx, ledger) => {
    const { accountId } = ctx.actor;
    if (accountId === null || !isId(request.consentId)) return refuse('not-found');
    const own = await tx
      .selectFrom('consent')
      .leftJoin('person', 'person.id', 'consent.person_id')
      .select('consent.id')
      .where('consent.id', '=', request.consentId)
      .where((where) =>
        where.or([where('consent.account_id', '=', accountId), where('person.account_id', '=', accountId)])
      )
      .executeTakeFirst();
    if (!own || !(await endConsent(tx, own.id, ctx.now))) return refuse('not-found');
    ledger.about('consent', own.id, null);
    return accept();
  });
}

/** Ends a consent and what rests on it; false when it had already ended. The caller knows whose it is. */
export async function endConsent(tx: Tx, consentId: Id, now: Instant): Promise<boolean> {
  const row = await tx
    .updateTable('consent')
    .set({ withdrawn_at: now })
    .where('id', '=', consentId)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  await tx
    .updateTable('skill')
    .set({ status: 'withdrawn', withdrawn_at: now })
    .where('consent_id', '=', consentId)
    .where('status', '!=', 'withdrawn')
    .execute();
  return row !== undefined;
}
