import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import type { PasskeyChallenge } from './start-passkey-sign-in.command.ts';

/** A challenge to make a passkey for the account that is signed in, since less than a day. */
export async function startPasskey(
  ctx: Context,
  { auth }: Authentication,
  visit: Visit
): Promise<Verdict<PasskeyChallenge, 'not-found' | 'session-too-old'>> {
  if (!ctx.actor.accountId) return refuse('not-found');
  const outcome = await attempt(
    auth.api.generatePasskeyRegistrationOptions({ query: {}, headers: visit.headers, returnHeaders: true })
  );
  if (outcome.ok) return accept({ options: outcome.value, cookies: outcome.cookies });
  return refuse(outcome.code === 'SESSION_NOT_FRESH' ? 'session-too-old' : 'not-found');
}
