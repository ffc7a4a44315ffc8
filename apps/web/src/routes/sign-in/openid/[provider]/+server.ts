import { error, redirect } from '@sveltejs/kit';
import { startOpenIdSignIn } from '@terreau/features/accounts/start-open-id-sign-in.command';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { FIRST_PAGE, ownPath } from '#lib/server/own-path.ts';
import type { RequestHandler } from './$types';

/**
 * Leads to the identity provider's own page. A link rather than a form: the content policy lets forms go nowhere else.
 * What comes back is tied to this browser by a signed cookie, so nothing is gained by making somebody follow it.
 */
export const GET: RequestHandler = async (event) => {
  const request = { provider: event.params.provider, next: ownPath(event.url.searchParams.get('next'), FIRST_PAGE) };
  const verdict = await startOpenIdSignIn(event.locals.context, await authentication(), visitOf(event), request);
  if (!verdict.ok && verdict.code === 'not-found') error(404);
  if (!verdict.ok) redirect(303, '/sign-in?refused');
  setCookies(event, verdict.value.cookies);
  redirect(303, verdict.value.url);
};
