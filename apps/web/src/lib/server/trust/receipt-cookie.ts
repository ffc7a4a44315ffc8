import type { Cookies } from '@sveltejs/kit';

const NAME = 'terreau_receipt';
const PATH = '/receipts';
/** Long enough to read and correct, short enough for a shared computer. */
const KEPT_MINUTES = 20;

/** The code that was typed, until the browser closes or a while has passed; it goes nowhere but to these pages. */
export function keepReceipt(cookies: Cookies, url: URL, code: string): void {
  const secure = url.protocol === 'https:';
  cookies.set(NAME, code, { path: PATH, httpOnly: true, sameSite: 'strict', secure, maxAge: KEPT_MINUTES * 60 });
}

export function keptReceipt(cookies: Cookies): string {
  return cookies.get(NAME) ?? '';
}

export function forgetReceipt(cookies: Cookies): void {
  cookies.delete(NAME, { path: PATH });
}
