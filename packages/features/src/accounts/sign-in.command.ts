import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';

/** A sign-in that went through, or waits for its second step. `cookies` are Set-Cookie lines. */
export interface SignInStep {
  readonly next: 'signed-in' | 'second-step';
  readonly cookies: readonly string[];
}

export type SignInRefusal = 'wrong-password' | 'too-many-attempts' | 'account-suspended';

/** Signs in by password. An unknown address costs the same work and gives the same answer as a wrong password. */
export async function signIn(
  ctx: Context,
  { auth, engine }: Authentication,
  visit: Visit,
  request: { email: string; password: string }
): Promise<Verdict<SignInStep, SignInRefusal>> {
  const counted = await countAttempts(engine, ctx.now, [
    { limit: SIGN_IN_BY_ACCOUNT, who: request.email },
    { limit: SIGN_IN_BY_ADDRESS, who: networkOf(visit.address) }
  ]);
  if (!counted.ok) return counted;
  const outcome = await attempt(auth.api.signInEmail({ body: request, headers: visit.headers, returnHeaders: true }));
  if (!outcome.ok) return refuse(outcome.code === 'ACCOUNT_SUSPENDED' ? 'account-suspended' : 'wrong-password');
  return accept({ next: nextStep(outcome.value), cookies: outcome.cookies });
}

/** What better-auth's answer to a sign-in asks for next. */
export function nextStep(answer: unknown): SignInStep['next'] {
  const asksMore = typeof answer === 'object' && answer !== null && 'twoFactorRedirect' in answer;
  return asksMore ? 'second-step' : 'signed-in';
}
