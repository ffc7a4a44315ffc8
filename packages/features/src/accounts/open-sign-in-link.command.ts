import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { TOKENS_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';
import { nextStep, type SignInStep } from './sign-in.command.ts';

/** Signs in with the token of a link received by mail; it is spent by the first use. */
export async function openSignInLink(
  ctx: Context,
  { auth, engine }: Authentication,
  visit: Visit,
  request: { readonly token: string }
): Promise<Verdict<SignInStep, 'link-not-valid' | 'too-many-attempts' | 'account-suspended'>> {
  const counted = await countAttempts(engine, ctx.now, [{ limit: TOKENS_BY_ADDRESS, who: networkOf(visit.address) }]);
  if (!counted.ok) return counted;
  const { token } = request;
  const outcome = await attempt(
    auth.api.magicLinkVerify({ query: { token }, headers: visit.headers, returnHeaders: true })
  );
  if (!outcome.ok) return refuse(outcome.code === 'ACCOUNT_SUSPENDED' ? 'account-suspended' : 'link-not-valid');
  return accept({ next: nextStep(outcome.value), cookies: outcome.cookies });
}
