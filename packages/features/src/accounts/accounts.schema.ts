import * as v from 'valibot';
import { PASSWORD_MAX_CHARACTERS } from './password.rules.ts';

export const EMAIL_MAX_CHARACTERS = 254;
export const ACCOUNT_NAME_MAX_CHARACTERS = 120;
export const CODE_MAX_CHARACTERS = 20;
export const TOKEN_MAX_CHARACTERS = 200;
export const PASSKEY_NAME_MAX_CHARACTERS = 60;

/** An e-mail address as accounts keep it: trimmed, lower case. */
export const emailSchema = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(EMAIL_MAX_CHARACTERS),
  v.email('email-invalid')
);
export const nameSchema = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty('name-missing'),
  v.maxLength(ACCOUNT_NAME_MAX_CHARACTERS, 'name-too-long')
);
/** A password to compare, never to choose: only its length is limited. */
export const givenPasswordSchema = v.pipe(
  v.string(),
  v.nonEmpty('password-missing'),
  v.maxLength(PASSWORD_MAX_CHARACTERS, 'password-too-long')
);
/** A code of six digits, or a backup code; people type spaces. */
export const codeSchema = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/\s/g, '')),
  v.nonEmpty('code-missing'),
  v.maxLength(CODE_MAX_CHARACTERS, 'code-invalid')
);
export const languageSchema = v.picklist(['fr', 'en']);
/** Roles that are given for a territory alone. */
export const territoryRoleSchema = v.picklist(
  ['facilitator', 'coordinator', 'expert', 'trainer', 'juror', 'funder', 'resident', 'project-carrier'],
  'role-missing'
);
/** Roles that are given for an organisation. */
export const organizationRoleSchema = v.picklist(['organization-member', 'organization-manager'], 'role-missing');
