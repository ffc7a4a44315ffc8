import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';

/** Makes the single-use token that signs `email` in, kept hashed; with a name, it opens an account that is missing. */
export async function makeSignInToken(
  { auth }: Authentication,
  visit: Visit,
  email: string,
  newAccountName?: string
): Promise<string> {
  let token = '';
  const keep = (made: string) => void (token = made);
  const body = { email, ...(newAccountName === undefined ? {} : { name: newAccountName }), metadata: { keep } };
  const outcome = await attempt(auth.api.signInMagicLink({ body, headers: visit.headers, returnHeaders: true }));
  if (!outcome.ok || token === '') throw new Error(`no sign-in token was made: ${outcome.ok ? 'none' : outcome.code}`);
  return token;
}
