import { platform } from '#lib/server/platform.ts';
import { m } from '#texts/messages.js';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => ({
  language: locals.language,
  theme: locals.theme,
  isDemonstration: (await platform()).settings.isDemonstration,
  house: {
    account: locals.account
      ? { href: '/account', label: locals.account.name }
      : { href: '/sign-in', label: m.accounts_header_sign_in() }
  }
});
