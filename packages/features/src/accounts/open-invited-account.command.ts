import type { Context } from '@terreau/database/context';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { countAttempts } from './count-attempts.ts';
import { findInvitation } from './find-invitation.query.ts';
import { makeSignInToken } from './make-sign-in-token.ts';
import { TOKENS_BY_ADDRESS, networkOf } from './rate-limit.rules.ts';

/**
 * Opens the account of somebody who was invited and has none, and signs them in: the link reached their mailbox,
 * which proves the address. An address that has an account must sign in instead.
 */
export async function openInvitedAccount(
  ctx: Context,
  authentication: Authentication,
  visit: Visit,
  request: { readonly token: string; readonly name: string }
): Promise<Verdict<{ cookies: readonly string[] }, 'not-found' | 'sign-in-first' | 'too-many-attempts'>> {
  const { auth, engine } = authentication;
  const counted = await countAttempts(engine, ctx.now, [{ limit: TOKENS_BY_ADDRESS, who: networkOf(visit.address) }]);
  if (!counted.ok) return counted;
  const invitation = await findInvitation(ctx, request.token);
  if (!invitation || invitation.refusal) return refuse('not-found');
  if (invitation.hasAccount) return refuse('sign-in-first');
  const token = await makeSignInToken(authentication, visit, invitation.email, request.name);
  const outcome = await attempt(
    auth.api.magicLinkVerify({ query: { token }, headers: visit.headers, returnHeaders: true })
  );
  return outcome.ok ? accept({ cookies: outcome.cookies }) : refuse('not-found');
}
