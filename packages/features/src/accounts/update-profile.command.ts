import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';

/** Changes one's own name and the language in which mails are written. */
export async function updateProfile(
  ctx: Context,
  request: { readonly name: string; readonly language: 'fr' | 'en' }
): Promise<Verdict<undefined, 'not-found'>> {
  const { accountId } = ctx.actor;
  if (!accountId) return refuse('not-found');
  return transaction(ctx, 'update-profile', async (tx, ledger) => {
    await tx
      .updateTable('account')
      .set({ name: request.name, language: request.language, updated_at: ctx.now })
      .where('id', '=', accountId)
      .execute();
    ledger.about('account', accountId, null);
    return accept();
  });
}
