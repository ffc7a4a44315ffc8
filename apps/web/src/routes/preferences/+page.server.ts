import { fail, redirect } from '@sveltejs/kit';
import { preferenceCookie } from '#lib/server/language.ts';
import { isTheme, THEME_COOKIE } from '#lib/server/theme.ts';
import type { Actions } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const actions: Actions = {
  default: async ({ cookies, request, url }) => {
    const form = await request.formData();
    const theme = form.get('theme');
    if (!isTheme(theme)) return fail(422);
    cookies.set(THEME_COOKIE, theme, { ...preferenceCookie, secure: url.protocol === 'https:' });
    redirect(303, ownPath(form.get('back')));
  }
};

/** Only an address of this site: `//elsewhere` and `/\elsewhere` lead away. */
function ownPath(value: FormDataEntryValue | null): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : '/preferences';
}
