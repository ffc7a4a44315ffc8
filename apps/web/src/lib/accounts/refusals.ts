import { m } from '#texts/messages.js';

type Details = Readonly<Record<string, string | number>>;

/** The sentence for each code that a form of the accounts can come back with. */
const texts = {
  'email-invalid': () => m.accounts_error_email_invalid(),
  'name-missing': () => m.accounts_error_name_missing(),
  'name-too-long': () => m.accounts_error_name_too_long(),
  'role-missing': () => m.accounts_error_role_missing(),
  'password-missing': () => m.accounts_error_password_missing(),
  'password-too-short': () => m.accounts_error_password_too_short(),
  'password-too-long': () => m.accounts_error_password_too_long(),
  'password-common': () => m.accounts_error_password_common(),
  'password-leaked': () => m.accounts_error_password_leaked(),
  'wrong-password': () => m.accounts_error_wrong_password(),
  'wrong-current-password': () => m.accounts_error_wrong_current(),
  'code-missing': () => m.accounts_error_code_missing(),
  'code-invalid': () => m.accounts_error_code_wrong(),
  'code-wrong': () => m.accounts_error_code_wrong(),
  'link-not-valid': () => m.accounts_error_link_dead(),
  'session-too-old': () => m.accounts_error_session_too_old(),
  'passkey-refused': () => m.accounts_error_passkey_refused(),
  'too-many-passkeys': () => m.accounts_error_too_many_passkeys(),
  'account-suspended': () => m.accounts_error_suspended(),
  'last-administrator': () => m.accounts_error_last_administrator(),
  'invitation-used': () => m.accounts_invitation_dead_used(),
  'invitation-withdrawn': () => m.accounts_invitation_dead_withdrawn(),
  'invitation-expired': () => m.accounts_invitation_dead_expired(),
  'inviter-without-right': () => m.accounts_invitation_dead_inviter(),
  'openid-refused': () => m.accounts_error_openid(),
  'too-many-attempts': (details: Details) => m.accounts_error_too_many({ minutes: Number(details['minutes'] ?? 15) })
} satisfies Record<string, (details: Details) => string>;

type AccountsRefusal = keyof typeof texts;

/** The sentence for `code`, in the language of the page. An unforeseen code reads as "something is not right". */
export function refusalText(code: string, details: Details = {}): string {
  return code in texts ? texts[code as AccountsRefusal](details) : m.accounts_error_other();
}

/** What a form of the accounts answers when it is sent back. */
export interface RefusedForm {
  /** A code per field; the empty name stands for the whole form. */
  readonly errors: Readonly<Record<string, string>>;
  readonly details: Details;
  readonly values: Readonly<Record<string, string>>;
}

/** The errors of a form for its summary: those of fields link to them. */
export function errorList({ errors, details }: RefusedForm) {
  return Object.entries(errors).map(([field, code]) => ({ field: field || null, text: refusalText(code, details) }));
}

/** The sentence for one field, or nothing. */
export function fieldError(form: RefusedForm | null | undefined, field: string): string | null {
  const code = form?.errors[field];
  return code ? refusalText(code, form?.details) : null;
}
