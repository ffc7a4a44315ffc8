import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { newId } from '@terreau/kernel/ids';
import { accept, type Verdict } from '@terreau/kernel/verdict';
import { PASSWORD_RESET_MINUTES, type Authentication, type Visit } from './authentication.ts';
import { countAttempts } from './count-attempts.ts';
import { noAccountLetter, passwordResetLetter } from './mails.ts';
import { MAILS_BY_ACCOUNT, MAILS_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';
import { newToken } from './tokens.ts';

/** Sends a link to choose a new password. As for sign-in links, whoever asks learns nothing about accounts. */
export async function requestPasswordReset(
  ctx: Context,
  { auth, engine, settings }: Authentication,
  visit: Visit,
  request: { readonly email: string }
): Promise<Verdict<undefined, 'too-many-attempts'>> {
  const { email } = request;
  const counted = await countAttempts(engine, ctx.now, [
    { limit: MAILS_BY_ACCOUNT, who: email },
    { limit: MAILS_BY_ADDRESS, who: networkOf(visit.address) }
  ]);
  if (!counted.ok) return counted;
  const { internalAdapter } = await auth.$context;
  const known = await internalAdapter.findUserByEmail(email);
  const token = newToken();
  // Without an account the token leads nowhere, and costs as much to make.
  await internalAdapter.createVerificationValue({
    identifier: `reset-password:${token}`,
    value: known?.user.id ?? newId(),
    expiresAt: new Date(Date.now() + PASSWORD_RESET_MINUTES * 60_000)
  });
  return transaction(ctx, 'request-password-reset', async (tx, ledger) => {
    const account = await tx
      .selectFrom('account')
      .select(['id', 'language'])
      .where('email', '=', email)
      .executeTakeFirst();
    const language = account?.language === 'en' || account?.language === 'fr' ? account.language : ctx.language;
    const letter = account
      ? passwordResetLetter(language, `${settings.origin}/password/reset/${token}`, PASSWORD_RESET_MINUTES)
      : noAccountLetter(language, `${settings.origin}/sign-up`);
    ledger.send({ channel: 'mail', recipient: email, accountId: account?.id ?? null, ...letter });
    return accept();
  });
}
