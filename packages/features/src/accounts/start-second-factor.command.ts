import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { PROOFS_BY_ACCOUNT } from './rate-limit.rules.ts';

/** What an authenticator application needs. It is in force once a first code has been given. */
export interface SecondFactorStart {
  /** `otpauth://totp/…`, shown as a QR code. */
  readonly uri: string;
}

export type StartSecondFactorRefusal = 'not-found' | 'wrong-current-password' | 'already-set-up' | 'too-many-attempts';

/** Begins to set up one-time codes, against the password if the account has one. Beginning again replaces the secret. */
export async function startSecondFactor(
  ctx: Context,
  { auth, engine }: Authentication,
  visit: Visit,
  request: { readonly password: string }
): Promise<Verdict<SecondFactorStart, StartSecondFactorRefusal>> {
  if (!ctx.actor.accountId) return refuse('not-found');
  const counted = await countAttempts(engine, ctx.now, [{ limit: PROOFS_BY_ACCOUNT, who: ctx.actor.accountId }]);
  if (!counted.ok) return counted;
  const body = { password: request.password, method: 'totp' } as const;
  const outcome = await attempt(auth.api.enableTwoFactor({ body, headers: visit.headers, returnHeaders: true }));
  if (outcome.ok && outcome.value.method === 'totp') return accept({ uri: outcome.value.totpURI });
  if (outcome.ok || outcome.code === 'TOTP_ALREADY_ENABLED') return refuse('already-set-up');
  return refuse(outcome.code === 'INVALID_PASSWORD' ? 'wrong-current-password' : 'not-found');
}
