import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';

/** Ends the session of this browser. Gives the Set-Cookie lines that make it forget; nobody signed in is no error. */
export async function signOut({ auth }: Authentication, visit: Visit): Promise<readonly string[]> {
  const outcome = await attempt(auth.api.signOut({ headers: visit.headers, returnHeaders: true }));
  return outcome.cookies;
}
