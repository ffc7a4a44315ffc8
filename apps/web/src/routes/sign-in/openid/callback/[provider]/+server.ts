import { redirect } from '@sveltejs/kit';
import { finishOpenIdSignIn } from '@terreau/features/accounts/finish-open-id-sign-in.command';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { FIRST_PAGE, ownPath } from '#lib/server/own-path.ts';
import type { RequestHandler } from './$types';

/** Where an identity provider sends people back. */
export const GET: RequestHandler = async (event) => {
  const query = Object.fromEntries(event.url.searchParams);
  const request = { provider: event.params.provider, query };
  const verdict = await finishOpenIdSignIn(event.locals.context, await authentication(), visitOf(event), request);
  if (!verdict.ok) redirect(303, '/sign-in?refused');
  setCookies(event, verdict.value.cookies);
  const next = ownPath(verdict.value.path, FIRST_PAGE);
  redirect(303, verdict.value.next === 'signed-in' ? next : `/sign-in/second-step?next=${encodeURIComponent(next)}`);
};
