import { json } from '@sveltejs/kit';
import { signInWithPasskey, type PasskeyAnswer } from '@terreau/features/accounts/sign-in-with-passkey.command';
import { startPasskeySignIn } from '@terreau/features/accounts/start-passkey-sign-in.command';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { FIRST_PAGE, ownPath } from '#lib/server/own-path.ts';
import { passkeyRefusal, readPasskeyAnswer } from '#lib/server/passkey-answer.ts';
import type { RequestHandler } from './$types';

/** A challenge for a passkey of this site. */
export const GET: RequestHandler = async (event) => {
  const verdict = await startPasskeySignIn(event.locals.context, await authentication(), visitOf(event));
  if (!verdict.ok) return passkeyRefusal(verdict.code);
  setCookies(event, verdict.value.cookies);
  return json({ options: verdict.value.options });
};

/** The passkey's answer: signs in, and says where to go. */
export const POST: RequestHandler = async (event) => {
  const answer = await readPasskeyAnswer(event);
  if (!answer) return passkeyRefusal('passkey-refused');
  const request = { response: answer.response as unknown as PasskeyAnswer };
  const verdict = await signInWithPasskey(event.locals.context, await authentication(), visitOf(event), request);
  if (!verdict.ok) return passkeyRefusal(verdict.code);
  setCookies(event, verdict.value.cookies);
  return json({ next: ownPath(answer.next, FIRST_PAGE) });
};
