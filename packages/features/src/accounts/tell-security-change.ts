import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import type { AuthenticationSettings } from './authentication.ts';
import { securityLetter, type SecurityChange } from './mails.ts';

/** Journals a change in the ways of signing in, and writes to the account's owner, who may not have made it. */
export async function tellSecurityChange(
  ctx: Context,
  settings: AuthenticationSettings,
  accountId: Id,
  change: SecurityChange
): Promise<void> {
  await transaction(ctx, `change-${change}`, async (tx, ledger) => {
    const account = await tx
      .selectFrom('account')
      .select(['email', 'language'])
      .where('id', '=', accountId)
      .executeTakeFirst();
    if (!account) return accept();
    const letter = securityLetter(account.language === 'en' ? 'en' : 'fr', change, `${settings.origin}/password/reset`);
    ledger.about('account', accountId, null);
    ledger.send({ channel: 'mail', recipient: account.email, accountId, ...letter });
    return accept();
  });
}
