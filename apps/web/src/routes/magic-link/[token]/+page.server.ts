import { redirect } from '@sveltejs/kit';
import { openSignInLink } from '@terreau/features/accounts/open-sign-in-link.command';
import { authentication, setCookies, visitOf } from '#lib/server/auth.ts';
import { FIRST_PAGE, ownPath } from '#lib/server/own-path.ts';
import { sendBack } from '#lib/server/refused-form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page changes nothing: programs that read mail open links too. */
export const load: PageServerLoad = ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { next: ownPath(url.searchParams.get('next'), FIRST_PAGE) };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const next = ownPath(form.get('next'), FIRST_PAGE);
    const request = { token: event.params.token };
    const verdict = await openSignInLink(event.locals.context, await authentication(), visitOf(event), request);
    if (!verdict.ok) return sendBack(verdict);
    setCookies(event, verdict.value.cookies);
    redirect(303, verdict.value.next === 'signed-in' ? next : `/sign-in/second-step?next=${encodeURIComponent(next)}`);
  }
};
