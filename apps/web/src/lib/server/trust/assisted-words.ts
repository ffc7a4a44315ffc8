import { m } from '#texts/messages.js';

const PROBLEMS: Readonly<Record<string, () => string>> = {
  missing: m.trust_assisted_missing,
  'unknown-code': m.trust_assisted_missing,
  'too-short': m.trust_assisted_too_short,
  'too-long': m.trust_refusal_too_long,
  'malformed-phone': m.trust_assisted_phone_wrong,
  'malformed-email': m.trust_assisted_email_wrong,
  'agreement-missing': m.trust_assisted_agreement_missing,
  'phone-missing': m.trust_assisted_phone_missing,
  'already-there': m.trust_assisted_already_there
};

/** The sentence for what is wrong in a field of an assisted entry or a receipt. */
export const assistedProblem = (code: string) => PROBLEMS[code]?.() ?? m.trust_refusal_other();
