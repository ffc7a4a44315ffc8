import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { SECOND_STEP_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';
import type { SignInStep } from './sign-in.command.ts';

export type SecondStepRefusal = 'code-wrong' | 'second-step-expired' | 'too-many-attempts' | 'account-suspended';

/** Ends a sign-in with a six-figure code or a backup code (spent by its use). Five tries, then the sign-in starts anew. */
export async function proveSecondStep(
  ctx: Context,
  { auth, engine }: Authentication,
  visit: Visit,
  request: { readonly code: string }
): Promise<Verdict<SignInStep, SecondStepRefusal>> {
  const counted = await countAttempts(engine, ctx.now, [
    { limit: SECOND_STEP_BY_ADDRESS, who: networkOf(visit.address) }
  ]);
  if (!counted.ok) return counted;
  const call = { body: { code: request.code }, headers: visit.headers, returnHeaders: true } as const;
  const outcome = await (isOneTimeCode(request.code)
    ? attempt<unknown>(auth.api.verifyTOTP(call))
    : attempt<unknown>(auth.api.verifyBackupCode(call)));
  return outcome.ok ? accept({ next: 'signed-in', cookies: outcome.cookies }) : refuse(refusalOf(outcome.code));
}

/** Six figures come from an application; anything else is a backup code. */
export function isOneTimeCode(code: string): boolean {
  return /^\d{6}$/.test(code);
}

function refusalOf(code: string): SecondStepRefusal {
  if (code === 'ACCOUNT_TEMPORARILY_LOCKED') return 'too-many-attempts';
  if (code === 'ACCOUNT_SUSPENDED') return 'account-suspended';
  return code === 'INVALID_CODE' || code === 'INVALID_BACKUP_CODE' ? 'code-wrong' : 'second-step-expired';
}
