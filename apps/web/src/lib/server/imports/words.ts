import type { LikenessReason } from '@terreau/features/directory/duplicate-likelihood.rules';
import type { ImportReason } from '@terreau/features/directory/import-report.rules';
import type { RunState } from '@terreau/features/directory/import-runs.query';
import type { MergedField } from '@terreau/features/directory/merge-fields.rules';
import type { Field } from '@terreau/formats/fields';
import type { TableWarning } from '@terreau/formats/read-table';
import { FIELD_WORDS } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';

/* A missing text does not compile: each table is complete for its codes. */

export const REASON_TEXTS: Readonly<Record<ImportReason, () => string>> = {
  'name-missing': m.imports_reason_name_missing,
  'name-too-short': m.imports_reason_name_too_short,
  'name-too-long': m.imports_reason_name_too_long,
  'text-too-short': m.imports_reason_text_too_short,
  'text-too-long': m.imports_reason_text_too_long,
  'required-value-missing': m.imports_reason_required_value_missing,
  'id-duplicated': m.imports_reason_id_duplicated,
  'organization-missing': m.imports_reason_organization_missing,
  'not-diffusible': m.imports_reason_not_diffusible,
  'row-marked-ignored': m.imports_reason_row_marked_ignored,
  'siret-wrong-length': m.imports_reason_siret_wrong_length,
  'siret-wrong-key': m.imports_reason_siret_wrong_key,
  'siret-rounded': m.imports_reason_siret_rounded,
  'siret-zeros-restored': m.imports_reason_siret_zeros_restored,
  'siret-placeholder': m.imports_reason_siret_placeholder,
  'siret-la-poste': m.imports_reason_siret_la_poste,
  'rna-malformed': m.imports_reason_rna_malformed,
  'phone-malformed': m.imports_reason_phone_malformed,
  'email-malformed': m.imports_reason_email_malformed,
  'email-personal': m.imports_reason_email_personal,
  'url-malformed': m.imports_reason_url_malformed,
  'url-scheme-refused': m.imports_reason_url_scheme_refused,
  'value-too-long': m.imports_reason_value_too_long,
  'postcode-malformed': m.imports_reason_postcode_malformed,
  'postcode-zero-restored': m.imports_reason_postcode_zero_restored,
  'city-code-malformed': m.imports_reason_city_code_malformed,
  'date-malformed': m.imports_reason_date_malformed,
  'number-malformed': m.imports_reason_number_malformed,
  'code-unknown': m.imports_reason_code_unknown,
  'coordinates-malformed': m.imports_reason_coordinates_malformed,
  'coordinates-incomplete': m.imports_reason_coordinates_incomplete,
  'coordinates-outside-france': m.imports_reason_coordinates_outside_france,
  'coordinates-ambiguous': m.imports_reason_coordinates_ambiguous,
  'coordinates-unknown-system': m.imports_reason_coordinates_unknown_system,
  'coordinates-swapped': m.imports_reason_coordinates_swapped,
  'opening-hours-malformed': m.imports_reason_opening_hours_malformed,
  'values-contradict': m.imports_reason_values_contradict
};

export const RUN_STATE_TEXTS: Readonly<Record<RunState, () => string>> = {
  prepared: m.imports_state_prepared,
  running: m.imports_state_running,
  undoing: m.imports_state_undoing,
  done: m.imports_state_done,
  cancelled: m.imports_state_cancelled,
  failed: m.imports_state_failed,
  lost: m.imports_state_lost
};

export const LIKENESS_TEXTS: Readonly<Record<LikenessReason, () => string>> = {
  'same-siret': m.alike_reason_same_siret,
  'same-siren': m.alike_reason_same_siren,
  'same-rna': m.alike_reason_same_rna,
  'same-name': m.alike_reason_same_name,
  'near-name': m.alike_reason_near_name,
  'name-contained': m.alike_reason_name_contained,
  'acronym-initials': m.alike_reason_acronym_initials,
  'same-website': m.alike_reason_same_website,
  'same-email': m.alike_reason_same_email,
  'same-phone': m.alike_reason_same_phone,
  'same-address': m.alike_reason_same_address,
  'same-street': m.alike_reason_same_street,
  'near-place': m.alike_reason_near_place,
  'different-siret': m.alike_reason_different_siret,
  'different-rna': m.alike_reason_different_rna,
  'different-level': m.alike_reason_different_level,
  'different-number': m.alike_reason_different_number,
  'people-around': m.alike_reason_people_around
};

/** What was seen of a file as a whole while it was read. */
export const TOLD_TEXTS: Readonly<Record<TableWarning['code'], (about: { detail: string }) => string>> = {
  'header-repeated': m.imports_told_header_repeated,
  'header-empty': m.imports_told_header_empty,
  'header-not-first': m.imports_told_header_not_first,
  'rows-ragged': m.imports_told_rows_ragged,
  'rows-blank': m.imports_told_rows_blank,
  'encoding-mixed': m.imports_told_encoding_mixed,
  'quotes-unbalanced': m.imports_told_quotes_unbalanced,
  'geometry-not-a-point': m.imports_told_geometry_not_a_point,
  'sheets-left': m.imports_told_sheets_left
};

const REFUSAL_TEXTS: Readonly<Record<string, () => string>> = {
  'file-missing': m.imports_refusal_file_missing,
  'file-empty': m.imports_refusal_file_empty,
  'file-too-large': m.imports_refusal_file_too_large,
  'file-unreadable': m.imports_refusal_file_unreadable,
  'format-unknown': m.imports_refusal_format_unknown,
  'format-xls-save-as-xlsx': m.imports_refusal_format_xls_save_as_xlsx,
  'archive-too-large': m.imports_refusal_archive_too_large,
  'rows-too-many': m.imports_refusal_rows_too_many,
  'columns-too-many': m.imports_refusal_columns_too_many,
  'cell-too-long': m.imports_refusal_cell_too_long,
  'nesting-too-deep': m.imports_refusal_nesting_too_deep,
  'sheet-not-found': m.imports_refusal_sheet_not_found,
  'sheet-encrypted': m.imports_refusal_sheet_encrypted,
  'preset-unknown': m.imports_refusal_preset_unknown,
  'mapping-without-name': m.imports_refusal_mapping_without_name,
  'source-missing': m.imports_refusal_source_missing,
  'name-missing': m.imports_refusal_name_missing,
  'already-running': m.imports_refusal_already_running,
  'already-done': m.imports_refusal_already_done,
  cancelled: m.imports_refusal_cancelled
};

/** What the file or the run met, in one sentence. */
export function importRefusalText(code: string): string {
  return (REFUSAL_TEXTS[code] ?? m.imports_refusal_file_unreadable)();
}

const ALIKE_REFUSAL_TEXTS: Readonly<Record<string, () => string>> = {
  'not-found': m.alike_refusal_not_found,
  'same-sheet': m.alike_refusal_same_sheet,
  'already-merged': m.alike_refusal_already_merged,
  'already-decided': m.alike_refusal_already_decided,
  'already-undone': m.alike_refusal_already_undone,
  'kept-merged-since': m.alike_refusal_kept_merged_since,
  'kept-missing': m.alike_refusal_kept_missing
};

export function alikeRefusalText(code: string): string {
  return (ALIKE_REFUSAL_TEXTS[code] ?? m.alike_refusal_not_found)();
}

/** Fields that a person may choose for a column, in the order of the list; services' own columns come with their presets. */
export const MAPPED_FIELD_TEXTS: Readonly<Partial<Record<Field, () => string>>> = {
  name: m.imports_field_name,
  sourceId: m.imports_field_source_id,
  acronym: m.imports_field_acronym,
  legalForm: m.imports_field_legal_form,
  siret: m.imports_field_siret,
  rna: m.imports_field_rna,
  description: m.imports_field_description,
  website: m.imports_field_website,
  phone: m.imports_field_phone,
  email: m.imports_field_email,
  themes: m.imports_field_themes,
  words: m.imports_field_words,
  publics: m.imports_field_publics,
  networks: m.imports_field_networks,
  sourceUrl: m.imports_field_source_url,
  updatedOn: m.imports_field_updated_on,
  placeLabel: m.imports_field_place_label,
  address: m.imports_field_address,
  addressComplement: m.imports_field_address_complement,
  postcode: m.imports_field_postcode,
  city: m.imports_field_city,
  cityCode: m.imports_field_city_code,
  neighbourhood: m.imports_field_neighbourhood,
  latitude: m.imports_field_latitude,
  longitude: m.imports_field_longitude,
  latitudeLongitude: m.imports_field_latitude_longitude,
  openingHours: m.imports_field_opening_hours,
  openingHoursNote: m.imports_field_opening_hours_note,
  accessibilityUrl: m.imports_field_accessibility_url
};

/** `place.opening_hours`, `legal_form` → the field's name on screen. */
export function fieldText(column: string): string {
  const name = column.replace(/^.*\./, '').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return FIELD_WORDS[name]?.() ?? name;
}

export function mergedFieldText(field: MergedField): string {
  return fieldText(field);
}
