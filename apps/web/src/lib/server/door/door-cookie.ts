import type { Cookies } from '@sveltejs/kit';

const NAME = 'terreau_door';
/** Renewed at each saving: long enough to fetch a paper, short enough for a shared computer. The code brings it back later. */
const KEPT_MINUTES = 30;

const pathOf = (slug: string) => `/${slug}/door`;

/** The code of what is being typed, or was just sent, in this browser; it goes nowhere but to the pages of the door. */
export function keepDoorCode(cookies: Cookies, url: URL, slug: string, code: string): void {
  const secure = url.protocol === 'https:';
  cookies.set(NAME, code, {
    path: pathOf(slug),
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: KEPT_MINUTES * 60
  });
}

export function doorCode(cookies: Cookies): string {
  return cookies.get(NAME) ?? '';
}

export function forgetDoorCode(cookies: Cookies, slug: string): void {
  cookies.delete(NAME, { path: pathOf(slug) });
}
