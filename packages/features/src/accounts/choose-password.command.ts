import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { judgePassword, type ChosenPasswordRefusal } from './judge-password.ts';
import { findAccountToSecure } from './password-surroundings.ts';
import { PROOFS_BY_ACCOUNT } from './rate-limit.rules.ts';
import { replaceSessions } from './session-renewal.ts';
import { tellSecurityChange } from './tell-security-change.ts';

export type ChoosePasswordRefusal =
  ChosenPasswordRefusal | 'not-found' | 'wrong-current-password' | 'too-many-attempts';

/**
 * Chooses a password for the account that is signed in: its first one, or another one against `current`.
 * The session is renewed (Set-Cookie lines), the others end.
 */
export async function choosePassword(
  ctx: Context,
  authentication: Authentication,
  visit: Visit,
  request: { readonly current: string; readonly password: string }
): Promise<Verdict<{ cookies: readonly string[] }, ChoosePasswordRefusal>> {
  const { auth, engine, settings } = authentication;
  const account = ctx.actor.accountId && (await findAccountToSecure(engine, ctx.actor.accountId));
  if (!account) return refuse('not-found');
  const counted = await countAttempts(engine, ctx.now, [{ limit: PROOFS_BY_ACCOUNT, who: account.id }]);
  if (!counted.ok) return counted;
  const chosen = await judgePassword(request.password, account, settings.breachedPasswordsUrl);
  if (!chosen.ok) return chosen;
  const hasPassword = await (await auth.$context).internalAdapter.findCredentialAccount(account.id);
  const body = { newPassword: chosen.value, currentPassword: request.current };
  const call = { headers: visit.headers, returnHeaders: true } as const;
  const outcome = await (hasPassword
    ? attempt<unknown>(auth.api.changePassword({ ...call, body }))
    : attempt<unknown>(auth.api.setPassword({ ...call, body: { newPassword: chosen.value } })));
  if (!outcome.ok) return refuse(outcome.code === 'INVALID_PASSWORD' ? 'wrong-current-password' : 'not-found');
  await tellSecurityChange(ctx, settings, account.id, 'password');
  return accept({ cookies: await replaceSessions(authentication, visit) });
}
