import { tableWord } from '@terreau/features/trust/export-words.rules';
import { privacyRegister } from '@terreau/features/trust/privacy-register.query';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page but its islands. */
export const csr = false;

export const load: PageServerLoad = ({ locals }) => ({
  register: privacyRegister(locals.language).map((line) => ({
    ...line,
    title: tableWord(line.table, locals.language)
  }))
});
