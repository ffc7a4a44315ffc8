import { redirect, type RequestEvent } from '@sveltejs/kit';

/** The signed-in account; a visitor is led to the sign-in page, and back here afterwards. */
export function requireAccount({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>) {
  if (!locals.account) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  return locals.account;
}
