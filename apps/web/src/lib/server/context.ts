import { VISITOR } from '@terreau/database/context';
import { findSignedIn } from '@terreau/features/accounts/find-signed-in.query';
import type { Handle } from '@sveltejs/kit/hooks';
import { authentication, setCookies, visitOf } from './auth.ts';
import { platform } from './platform.ts';

/** Says to everything below who asks, when, in which language, on which database. */
export const introduceActor: Handle = async ({ event, resolve }) => {
  const { engine } = await platform();
  const signedIn = await findSignedIn(await authentication(), visitOf(event));
  if (signedIn) setCookies(event, signedIn.cookies);
  event.locals.account = signedIn?.account ?? null;
  event.locals.context = {
    engine,
    actor: signedIn?.actor ?? VISITOR,
    now: new Date(),
    language: event.locals.language,
    requestId: event.locals.requestId
  };
  const response = await resolve(event);
  // What an account reads is not for the next person at the same computer.
  if (signedIn) response.headers.set('cache-control', 'private, no-store');
  return response;
};
