import { error, json } from '@sveltejs/kit';
import { PASSKEY_NAME_MAX_CHARACTERS } from '@terreau/features/accounts/accounts.schema';
import { addPasskey, type NewPasskeyAnswer } from '@terreau/features/accounts/add-passkey.command';
import { startPasskey } from '@terreau/features/accounts/start-passkey.command';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { passkeyRefusal, readPasskeyAnswer } from '#lib/server/passkey-answer.ts';
import type { RequestHandler } from './$types';

/** A challenge to make a passkey on this device. */
export const GET: RequestHandler = async (event) => {
  const verdict = await startPasskey(event.locals.context, await authentication(), visitOf(event));
  if (!verdict.ok && verdict.code === 'not-found') error(404);
  if (!verdict.ok) return passkeyRefusal(verdict.code);
  setCookies(event, verdict.value.cookies);
  return json({ options: verdict.value.options });
};

/** The new passkey. */
export const POST: RequestHandler = async (event) => {
  if (!event.locals.account) error(404);
  const answer = await readPasskeyAnswer(event);
  if (!answer) return passkeyRefusal('passkey-refused');
  const name = (answer.name ?? '').trim().slice(0, PASSKEY_NAME_MAX_CHARACTERS);
  const request = { response: answer.response as unknown as NewPasskeyAnswer, name };
  const verdict = await addPasskey(event.locals.context, await authentication(), visitOf(event), request);
  return verdict.ok ? json({ next: '/account/security?done=passkey' }) : passkeyRefusal(verdict.code);
};
