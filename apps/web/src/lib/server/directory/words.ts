import type { CorrectionKind, DirectoryProblem } from '@terreau/features/directory/directory.schema';
import type { DecisionReason } from '@terreau/features/directory/decide-organization.command';
import type { PostState } from '@terreau/features/directory/post-lifecycle.rules';
import { m } from '#texts/messages.js';

/* The directory's codes in the language of the page. A missing text does not compile. */

type Words<Code extends string> = Record<Code, () => string>;

export const LEGAL_FORM_WORDS: Readonly<Record<string, () => string>> = {
  association: m.directory_form_association,
  'informal-group': m.directory_form_informal_group,
  cooperative: m.directory_form_cooperative,
  company: m.directory_form_company,
  mutual: m.directory_form_mutual,
  foundation: m.directory_form_foundation,
  'public-body': m.directory_form_public_body,
  other: m.directory_form_other
};

export const CATEGORY_WORDS: Readonly<Record<string, () => string>> = {
  room: m.directory_category_room,
  equipment: m.directory_category_equipment,
  skill: m.directory_category_skill,
  time: m.directory_category_time,
  money: m.directory_category_money,
  contact: m.directory_category_contact,
  vehicle: m.directory_category_vehicle,
  other: m.directory_category_other
};

export const POST_STATE_WORDS: Words<PostState> = {
  open: m.directory_state_open,
  'in-contact': m.directory_state_in_contact,
  fulfilled: m.directory_state_fulfilled,
  expired: m.directory_state_expired,
  withdrawn: m.directory_state_withdrawn
};

export const CORRECTION_WORDS: Words<CorrectionKind> = {
  closed: m.directory_correction_closed,
  moved: m.directory_correction_moved,
  'wrong-number': m.directory_correction_wrong_number,
  'wrong-hours': m.directory_correction_wrong_hours,
  other: m.directory_correction_other
};

export const REASON_WORDS: Words<DecisionReason> = {
  fine: m.directory_reason_fine,
  insult: m.directory_reason_insult,
  'private-data': m.directory_reason_private_data,
  false: m.directory_reason_false,
  spam: m.directory_reason_spam,
  discrimination: m.directory_reason_discrimination,
  'out-of-scope': m.directory_reason_out_of_scope,
  'reserved-name': m.directory_reason_reserved_name,
  other: m.directory_reason_other
};

const PROBLEM_WORDS: Words<DirectoryProblem> = {
  missing: m.directory_problem_missing,
  'too-short': m.directory_problem_too_short,
  'too-long': m.directory_problem_too_long,
  'too-many': m.directory_problem_too_many,
  'unknown-code': m.directory_problem_unknown_code,
  'malformed-siret': m.directory_problem_malformed_siret,
  'malformed-rna': m.directory_problem_malformed_rna,
  'malformed-phone': m.directory_problem_malformed_phone,
  'malformed-email': m.directory_problem_malformed_email,
  'malformed-url': m.directory_problem_malformed_url,
  'malformed-postcode': m.directory_problem_malformed_postcode,
  'malformed-position': m.directory_problem_malformed_position,
  'malformed-hours': m.directory_problem_malformed_hours,
  'malformed-date': m.directory_problem_malformed_date,
  'malformed-contact': m.directory_problem_malformed_contact,
  'malformed-number': m.directory_problem_malformed_number
};

/** Names of the fields, for the summary of what is to be put right and for the history. */
export const FIELD_WORDS: Readonly<Record<string, () => string>> = {
  name: m.directory_field_name,
  acronym: m.directory_field_acronym,
  legalForm: m.directory_field_legal_form,
  siret: m.directory_field_siret,
  rna: m.directory_field_rna,
  description: m.directory_field_description,
  descriptionEn: m.directory_field_description_en,
  plainDescription: m.directory_field_plain_description,
  website: m.directory_field_website,
  email: m.common_email,
  phone: m.common_phone,
  themes: m.directory_field_themes,
  localThemes: m.directory_field_local_themes,
  publics: m.directory_field_publics,
  networks: m.directory_field_networks,
  promiseMonths: m.directory_field_promise,
  status: m.directory_field_status,
  label: m.directory_field_label,
  address: m.common_address,
  addressComplement: m.directory_field_address_complement,
  postcode: m.directory_field_postcode,
  city: m.directory_field_city,
  position: m.directory_field_position,
  latitude: m.directory_field_latitude,
  longitude: m.directory_field_longitude,
  neighbourhoodId: m.directory_filter_neighbourhood,
  openingHours: m.directory_field_opening_hours,
  accessibility: m.directory_field_accessibility,
  kind: m.directory_field_kind,
  conditions: m.directory_field_conditions,
  fees: m.directory_field_fees,
  feesDetails: m.directory_field_fees_details,
  receptionModes: m.directory_field_reception,
  mobilizationModes: m.directory_field_mobilization,
  mobilizationDetails: m.directory_field_mobilization_details,
  mobilizationUrl: m.directory_field_mobilization_url,
  mobilizedBy: m.directory_field_mobilized_by,
  category: m.directory_field_category,
  title: m.directory_field_title,
  expiresOn: m.directory_field_expires_on,
  state: m.directory_field_state,
  outcome: m.directory_field_outcome,
  details: m.directory_field_details,
  contact: m.directory_field_contact,
  shownAs: m.directory_field_shown_as,
  shownName: m.directory_field_shown_name,
  visibility: m.directory_field_visibility,
  consent: m.directory_field_consent
};

/** What is wrong in one field, and how to put it right. */
function problemText(problem: DirectoryProblem): string {
  return PROBLEM_WORDS[problem]();
}

/** The same for a whole form: one text for each field, and the lines of its summary. `nameOf` says a field's name. */
export function problemsInWords(
  problems: Readonly<Record<string, DirectoryProblem>>,
  nameOf: (field: string) => string = (field) => FIELD_WORDS[field]?.() ?? field
) {
  const entries = Object.entries(problems);
  const errors = Object.fromEntries(entries.map(([field, code]) => [field, asSentence(problemText(code))]));
  const summary = entries.map(([field, code]) => ({
    field: field === '' ? null : field,
    text: m.directory_problem_in({ field: nameOf(field), problem: problemText(code) })
  }));
  return { errors, summary };
}

/** A refusal that concerns the whole form. */
export function refusalInWords(text: string) {
  return { errors: {} as Record<string, string>, summary: [{ field: null, text }] };
}

function asSentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
