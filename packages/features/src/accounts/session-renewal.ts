import { createAuthEndpoint, sensitiveSessionMiddleware } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import type { BetterAuthPlugin } from 'better-auth';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';

/** Adds to better-auth the one call that it lacks: a new session in place of all those of the account. */
export function sessionRenewal() {
  return {
    id: 'session-renewal',
    endpoints: {
      renewSession: createAuthEndpoint.serverOnly(
        { method: 'POST', use: [sensitiveSessionMiddleware] },
        async (call) => {
          const { session, user } = call.context.session;
          const { internalAdapter } = call.context;
          await internalAdapter.deleteUserSessions(user.id);
          const { id: _id, token: _token, ...kept } = session;
          const renewed = await internalAdapter.createSession(user.id, false, kept);
          await setSessionCookie(call, { session: renewed, user });
          return call.json({ sessionId: renewed.id });
        }
      )
    }
  } satisfies BetterAuthPlugin;
}

/**
 * Replaces the session of this browser, and ends the account's others: after a change of rights or of the ways of
 * signing in. `fresh` are the Set-Cookie lines of a call that has just changed the session. Gives those to set.
 */
export async function replaceSessions(
  { auth }: Authentication,
  visit: Visit,
  fresh: readonly string[] = []
): Promise<readonly string[]> {
  const headers = new Headers(visit.headers);
  if (fresh.length > 0) headers.set('cookie', fresh.map((line) => line.split(';')[0]).join('; '));
  const outcome = await attempt(auth.api.renewSession({ headers, returnHeaders: true }));
  // The session ended meanwhile: whoever acts signs in again.
  return outcome.ok ? outcome.cookies : fresh;
}
