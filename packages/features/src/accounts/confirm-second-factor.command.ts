import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { PROOFS_BY_ACCOUNT } from './rate-limit.rules.ts';
import { replaceSessions } from './session-renewal.ts';
import { tellSecurityChange } from './tell-security-change.ts';

/** The codes to keep on paper, each good for one sign-in without the telephone; shown this once. */
export interface SecondFactorSetUp {
  readonly backupCodes: readonly string[];
  readonly cookies: readonly string[];
}

/** Puts one-time codes in force with a first right code. The account's other sessions end. */
export async function confirmSecondFactor(
  ctx: Context,
  authentication: Authentication,
  visit: Visit,
  request: { readonly code: string }
): Promise<Verdict<SecondFactorSetUp, 'not-found' | 'code-wrong' | 'too-many-attempts'>> {
  const { auth, engine, settings } = authentication;
  const { accountId } = ctx.actor;
  if (!accountId) return refuse('not-found');
  const counted = await countAttempts(engine, ctx.now, [{ limit: PROOFS_BY_ACCOUNT, who: accountId }]);
  if (!counted.ok) return counted;
  const call = { body: { code: request.code }, headers: visit.headers, returnHeaders: true } as const;
  const outcome = await attempt(auth.api.verifyTOTP(call));
  if (!outcome.ok) return refuse(outcome.code === 'INVALID_CODE' ? 'code-wrong' : 'not-found');
  const { backupCodes } = await auth.api.viewBackupCodes({ body: { userId: accountId } });
  await tellSecurityChange(ctx, settings, accountId, 'second-factor-on');
  return accept({ backupCodes, cookies: await replaceSessions(authentication, visit, outcome.cookies) });
}
