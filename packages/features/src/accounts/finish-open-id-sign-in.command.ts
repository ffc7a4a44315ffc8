import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { TOKENS_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';
import { nextStep, type SignInStep } from './sign-in.command.ts';

export interface OpenIdStep extends SignInStep {
  /** The path asked for at the start. */
  readonly path: string | null;
}

/**
 * Ends a sign-in with what an identity provider sent back: the state must be this browser's, the identity token
 * genuine, its address verified. A first visit opens an account; a known address is linked to its account.
 */
export async function finishOpenIdSignIn(
  ctx: Context,
  { auth, engine, settings }: Authentication,
  visit: Visit,
  request: { readonly provider: string; readonly query: Readonly<Record<string, string>> }
): Promise<Verdict<OpenIdStep, 'openid-refused' | 'too-many-attempts'>> {
  const { provider, query } = request;
  if (!settings.providers.some(({ id }) => id === provider)) return refuse('openid-refused');
  const counted = await countAttempts(engine, ctx.now, [{ limit: TOKENS_BY_ADDRESS, who: networkOf(visit.address) }]);
  if (!counted.ok) return counted;
  const call = { params: { id: provider }, query, headers: visit.headers, method: 'GET', returnHeaders: true } as const;
  const outcome = await attempt<unknown>(auth.api.callbackOAuth(call));
  if (!outcome.ok) return refuse('openid-refused');
  return accept({ next: nextStep(outcome.value), cookies: outcome.cookies, path: outcome.location });
}
