import type { Cookies } from '@sveltejs/kit';

const NAME = 'terreau_typed_code';
/** As long as a few questions take on the telephone. */
const KEPT_MINUTES = 30;

/** Keeps the code of a receipt for the questions of that request and for nothing else; gives their address. */
export function keepTypedCode(cookies: Cookies, url: URL, slug: string, requestId: string, code: string): string {
  const path = `/${slug}/requests/${requestId}/questions`;
  const secure = url.protocol === 'https:';
  cookies.set(NAME, code, { path, httpOnly: true, sameSite: 'strict', secure, maxAge: KEPT_MINUTES * 60 });
  return path;
}

/** The code to give back at the end; empty when the request was not just typed. */
export function typedCode(cookies: Cookies): string {
  return cookies.get(NAME) ?? '';
}
