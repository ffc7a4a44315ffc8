import { fail } from '@sveltejs/kit';
import type { Refused } from '@terreau/kernel/verdict';
import type { RefusedForm } from '#lib/accounts/refusals.ts';
import { shownAgain } from './read-form.ts';

/** Sends a form back with the command's refusal, at `field` or for the whole form; what was typed is kept. */
export function sendBack(refusal: Refused<string>, typed: Readonly<Record<string, unknown>> = {}, field = '') {
  const { code, details } = refusal;
  const status = code === 'too-many-attempts' ? 429 : 422;
  return fail(status, { errors: { [field]: code }, details, values: shownAgain(typed) } satisfies RefusedForm);
}

/** Sends a form back because of what its fields hold. */
export function sendBackFields(read: Pick<RefusedForm, 'errors' | 'values'>) {
  return fail(422, { errors: read.errors, details: {}, values: read.values } satisfies RefusedForm);
}
