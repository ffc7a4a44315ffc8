import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { PROOFS_BY_ACCOUNT } from './rate-limit.rules.ts';

/** Makes ten new backup codes, against the password if there is one; the former ones are worth nothing any more. */
export async function renewBackupCodes(
  ctx: Context,
  { auth, engine }: Authentication,
  visit: Visit,
  request: { readonly password: string }
): Promise<Verdict<{ backupCodes: readonly string[] }, 'not-found' | 'wrong-current-password' | 'too-many-attempts'>> {
  if (!ctx.actor.accountId) return refuse('not-found');
  const counted = await countAttempts(engine, ctx.now, [{ limit: PROOFS_BY_ACCOUNT, who: ctx.actor.accountId }]);
  if (!counted.ok) return counted;
  const body = { password: request.password };
  const outcome = await attempt(auth.api.generateBackupCodes({ body, headers: visit.headers, returnHeaders: true }));
  if (outcome.ok) return accept({ backupCodes: outcome.value.backupCodes });
  return refuse(outcome.code === 'INVALID_PASSWORD' ? 'wrong-current-password' : 'not-found');
}
