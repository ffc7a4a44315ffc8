import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { judgePassword, type ChosenPasswordRefusal } from './judge-password.ts';
import { findAccountToSecure } from './password-surroundings.ts';
import { TOKENS_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';
import { tellSecurityChange } from './tell-security-change.ts';

export type ResetRefusal = ChosenPasswordRefusal | 'link-not-valid' | 'too-many-attempts';

/** Chooses a new password with the token of a link received by mail, spent by its use. Every session ends. */
export async function resetPassword(
  ctx: Context,
  authentication: Authentication,
  visit: Visit,
  request: { readonly token: string; readonly password: string }
): Promise<Verdict<undefined, ResetRefusal>> {
  const { auth, engine, settings } = authentication;
  const counted = await countAttempts(engine, ctx.now, [{ limit: TOKENS_BY_ADDRESS, who: networkOf(visit.address) }]);
  if (!counted.ok) return counted;
  const { internalAdapter } = await auth.$context;
  const waiting = await internalAdapter.findVerificationValue(`reset-password:${request.token}`);
  const account = waiting && waiting.expiresAt > new Date() ? await findAccountToSecure(engine, waiting.value) : null;
  if (!account) return refuse('link-not-valid');
  const chosen = await judgePassword(request.password, account, settings.breachedPasswordsUrl);
  if (!chosen.ok) return chosen;
  const body = { newPassword: chosen.value, token: request.token };
  const outcome = await attempt(auth.api.resetPassword({ body, headers: visit.headers, returnHeaders: true }));
  if (!outcome.ok) return refuse('link-not-valid');
  await tellSecurityChange(ctx, settings, account.id, 'password');
  return accept();
}
