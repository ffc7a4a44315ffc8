import { m } from '#texts/messages.js';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
  language: locals.language,
  theme: locals.theme,
  house: {
    account: locals.account
      ? { href: '/account', label: locals.account.name }
      : { href: '/sign-in', label: m.accounts_header_sign_in() }
  }
});
