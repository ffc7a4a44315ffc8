import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { TOKENS_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';

/** WebAuthn options in JSON, and the Set-Cookie lines that tie the challenge to this browser. */
export interface PasskeyChallenge {
  readonly options: unknown;
  readonly cookies: readonly string[];
}

/** A challenge for whichever passkey the browser holds for this site. It names no account. */
export async function startPasskeySignIn(
  ctx: Context,
  { auth, engine }: Authentication,
  visit: Visit
): Promise<Verdict<PasskeyChallenge, 'too-many-attempts' | 'passkey-refused'>> {
  const counted = await countAttempts(engine, ctx.now, [{ limit: TOKENS_BY_ADDRESS, who: networkOf(visit.address) }]);
  if (!counted.ok) return counted;
  const outcome = await attempt(
    auth.api.generatePasskeyAuthenticationOptions({ headers: visit.headers, returnHeaders: true })
  );
  return outcome.ok ? accept({ options: outcome.value, cookies: outcome.cookies }) : refuse('passkey-refused');
}
