import { isOrganizationalEmail } from './import-values.rules.ts';

/** French mobile numbers, overseas ones included, however they are spaced: 06…, 07…, +33 6…, +262 692…. */
const MOBILE = /^(?:\+|00)?(?:33|262|590|594|596|508|687|689)?0?[67]/;

/**
 * What may be copied in bulk of an organisation's contacts. A mobile number or a mailbox in somebody's name is
 * somebody's: it stays on the sheet's page, where a reader needs it, and out of what programs collect.
 */
export function sharedContact(
  contact: { readonly email: string | null; readonly phone: string | null },
  owner: { readonly name: string; readonly acronym: string | null; readonly website: string | null }
): { email: string | null; phone: string | null } {
  return {
    email: contact.email && isOrganizationalEmail(contact.email, owner) ? contact.email : null,
    phone: contact.phone && !MOBILE.test(contact.phone.replace(/[^\d+]/g, '')) ? contact.phone : null
  };
}
