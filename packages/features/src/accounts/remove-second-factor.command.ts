import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { PROOFS_BY_ACCOUNT } from './rate-limit.rules.ts';
import { replaceSessions } from './session-renewal.ts';
import { tellSecurityChange } from './tell-security-change.ts';

/** Removes one-time codes, against a code; staff roles are then no longer in force. The other sessions end. */
export async function removeSecondFactor(
  ctx: Context,
  authentication: Authentication,
  visit: Visit,
  request: { readonly password: string; readonly code: string }
): Promise<
  Verdict<{ cookies: readonly string[] }, 'not-found' | 'code-wrong' | 'wrong-current-password' | 'too-many-attempts'>
> {
  const { auth, engine, settings } = authentication;
  const { accountId } = ctx.actor;
  if (!accountId) return refuse('not-found');
  const counted = await countAttempts(engine, ctx.now, [{ limit: PROOFS_BY_ACCOUNT, who: accountId }]);
  if (!counted.ok) return counted;
  const call = { headers: visit.headers, returnHeaders: true } as const;
  const proof = await attempt(auth.api.verifyTOTP({ ...call, body: { code: request.code } }));
  if (!proof.ok) return refuse(proof.code === 'INVALID_CODE' ? 'code-wrong' : 'not-found');
  const outcome = await attempt(auth.api.disableTwoFactor({ ...call, body: { password: request.password } }));
  if (!outcome.ok) return refuse(outcome.code === 'INVALID_PASSWORD' ? 'wrong-current-password' : 'not-found');
  await tellSecurityChange(ctx, settings, accountId, 'second-factor-off');
  return accept({ cookies: await replaceSessions(authentication, visit, outcome.cookies) });
}
