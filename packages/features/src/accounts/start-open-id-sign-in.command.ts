import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { TOKENS_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';

/** Where the identity provider's page is, and the Set-Cookie lines that tie its answer to this browser. */
export interface OpenIdStart {
  readonly url: string;
  readonly cookies: readonly string[];
}

/** Begins a sign-in with an identity provider of the deployment's settings. */
export async function startOpenIdSignIn(
  ctx: Context,
  { auth, engine, settings }: Authentication,
  visit: Visit,
  request: { readonly provider: string; readonly next: string }
): Promise<Verdict<OpenIdStart, 'not-found' | 'openid-refused' | 'too-many-attempts'>> {
  const { provider, next } = request;
  if (!settings.providers.some(({ id }) => id === provider)) return refuse('not-found');
  const counted = await countAttempts(engine, ctx.now, [{ limit: TOKENS_BY_ADDRESS, who: networkOf(visit.address) }]);
  if (!counted.ok) return counted;
  const body = { provider, callbackURL: next, errorCallbackURL: '/sign-in?refused', disableRedirect: true };
  const outcome = await attempt(auth.api.signInSocial({ body, headers: visit.headers, returnHeaders: true }));
  if (!outcome.ok || !outcome.value.url) return refuse('openid-refused');
  return accept({ url: outcome.value.url, cookies: outcome.cookies });
}
