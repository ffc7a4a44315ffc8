import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, BetterAuth, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { TOKENS_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';
import type { SignInStep } from './sign-in.command.ts';

/** A browser's answer to a challenge, as `PublicKeyCredential.toJSON()` gives it; its content is verified, not trusted. */
export type PasskeyAnswer = NonNullable<
  Parameters<BetterAuth['api']['verifyPasskeyAuthentication']>[0]
>['body']['response'];

/**
 * Signs in with the answer of a passkey (WebAuthn, JSON) to the challenge of `startPasskeySignIn`. The key's holder was
 * recognised by their device, which stands for both steps.
 */
export async function signInWithPasskey(
  ctx: Context,
  { auth, engine }: Authentication,
  visit: Visit,
  request: { readonly response: PasskeyAnswer }
): Promise<Verdict<SignInStep, 'passkey-refused' | 'too-many-attempts' | 'account-suspended'>> {
  const counted = await countAttempts(engine, ctx.now, [{ limit: TOKENS_BY_ADDRESS, who: networkOf(visit.address) }]);
  if (!counted.ok) return counted;
  const { response } = request;
  const outcome = await attempt(
    auth.api.verifyPasskeyAuthentication({ body: { response }, headers: visit.headers, returnHeaders: true })
  );
  if (outcome.ok) return accept({ next: 'signed-in', cookies: outcome.cookies });
  return refuse(outcome.code === 'ACCOUNT_SUSPENDED' ? 'account-suspended' : 'passkey-refused');
}
