import { m } from '#texts/messages.js';

type Details = Readonly<Record<string, string | number>>;

/** The sentence for each code that a form of the accounts can come back with. */
const texts = {
  'email-invalid': () => m.accounts_error_email_invalid(),
  'password-missing': () => m.accounts_error_password_missing(),
  'wrong-password': () => m.accounts_error_wrong_password(),
  'account-suspended': () => m.accounts_error_suspended(),
  'too-many-attempts': (details: Details) => m.accounts_error_too_many({ minutes: Number(details['minutes'] ?? 15) })
} satisfies Record<string, (details: Details) => string>;

export type AccountsRefusal = keyof typeof texts;

/** The sentence for `code`, in the language of the page. An unforeseen code reads as "something is not right". */
export function refusalText(code: string, details: Details = {}): string {
  const text = code in texts ? texts[code as AccountsRefusal] : null;
  return text ? text(details) : m.accounts_error_other();
}

/** The errors of a form for its summary: those of fields link to them. */
export function errorList(errors: Readonly<Record<string, string>>, details: Details = {}) {
  return Object.entries(errors).map(([field, code]) => ({ field: field || null, text: refusalText(code, details) }));
}
