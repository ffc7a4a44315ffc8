import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, type Verdict } from '@terreau/kernel/verdict';
import { SIGN_IN_LINK_MINUTES, type Authentication, type Visit } from './authentication.ts';
import { countAttempts } from './count-attempts.ts';
import { makeSignInToken } from './make-sign-in-token.ts';
import { noAccountLetter, signInLetter, type Letter } from './mails.ts';
import { MAILS_BY_ACCOUNT, MAILS_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';

export interface SignInLinkRequest {
  readonly email: string;
  /** Given when a new account is asked for: it then opens with the link. */
  readonly newAccountName?: string;
  /** A path of this site to go to afterwards. */
  readonly next: string;
}

/**
 * Sends a link that signs in, or opens a new account. Whoever asks learns nothing: with or without an account,
 * the same work is done, one mail leaves, and the answer is the same.
 */
export async function requestSignInLink(
  ctx: Context,
  authentication: Authentication,
  visit: Visit,
  request: SignInLinkRequest
): Promise<Verdict<undefined, 'too-many-attempts'>> {
  const { engine, settings } = authentication;
  const { email, newAccountName, next } = request;
  const counted = await countAttempts(engine, ctx.now, [
    { limit: MAILS_BY_ACCOUNT, who: email },
    { limit: MAILS_BY_ADDRESS, who: networkOf(visit.address) }
  ]);
  if (!counted.ok) return counted;
  const token = await makeSignInToken(authentication, visit, email, newAccountName);
  return transaction(ctx, 'request-sign-in-link', async (tx, ledger) => {
    const account = await tx
      .selectFrom('account')
      .select(['id', 'language'])
      .where('email', '=', email)
      .executeTakeFirst();
    const language = account?.language === 'en' || account?.language === 'fr' ? account.language : ctx.language;
    const url = `${settings.origin}/magic-link/${token}?next=${encodeURIComponent(next)}`;
    const letter: Letter =
      account || newAccountName !== undefined
        ? signInLetter(language, url, SIGN_IN_LINK_MINUTES, !account)
        : noAccountLetter(language, `${settings.origin}/sign-up`);
    ledger.send({ channel: 'mail', recipient: email, accountId: account?.id ?? null, ...letter });
    return accept();
  });
}
