import type { KeptPile } from '@terreau/features/orientation/list-kept-supports.query';
import type { SupportStanding } from '@terreau/features/orientation/support-freshness.rules';
import type { SupportSheet } from '@terreau/features/orientation/support-sheet.query';
import type { SupportField, SupportKind, SupportRecurrence } from '@terreau/features/orientation/support.schema';
import type { FieldDrift } from '@terreau/features/orientation/support-templates.rules';
import { formatLocalDate } from '#lib/formats.ts';
import { FIELD_WORDS, problemsInWords } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';

/* The catalogue's codes in the language of the page. A missing text does not compile. */

export const KIND_WORDS: Readonly<Record<SupportKind, () => string>> = {
  service: m.catalogue_kind_service,
  person: m.catalogue_kind_person,
  room: m.catalogue_kind_room,
  equipment: m.catalogue_kind_equipment,
  training: m.catalogue_kind_training,
  funding: m.catalogue_kind_funding,
  information: m.catalogue_kind_information
};

export const STATUS_WORDS: Readonly<Record<SupportSheet['status'], () => string>> = {
  draft: m.catalogue_status_draft,
  published: m.catalogue_status_published,
  hidden: m.catalogue_status_hidden,
  withdrawn: m.catalogue_status_withdrawn
};

export const PILE_WORDS: Readonly<Record<KeptPile, () => string>> = {
  due: m.catalogue_pile_due,
  own: m.catalogue_pile_own,
  draft: m.catalogue_pile_draft,
  hidden: m.catalogue_pile_hidden,
  withdrawn: m.catalogue_pile_withdrawn
};

export const RECURRENCE_WORDS: Readonly<Record<SupportRecurrence, () => string>> = {
  permanent: m.catalogue_recurrence_permanent,
  yearly: m.catalogue_recurrence_yearly,
  once: m.catalogue_recurrence_once
};

export const DRIFT_WORDS: Readonly<Record<FieldDrift['state'], () => string>> = {
  'ours-differs': m.catalogue_drift_ours_differs,
  newer: m.catalogue_drift_newer,
  both: m.catalogue_drift_both
};

/** Names of the fields, by what they are called in a sheet or in its form. */
export const SUPPORT_FIELD_WORDS: Readonly<Record<SupportField | 'position' | TypedName, () => string>> = {
  kind: m.catalogue_field_kind,
  title: m.catalogue_field_title,
  summary: m.catalogue_field_summary,
  plainSummary: m.catalogue_field_plain_summary,
  provider: m.catalogue_field_provider,
  themes: m.catalogue_themes,
  localThemes: m.catalogue_field_local_themes,
  publics: m.catalogue_publics,
  languages: m.catalogue_languages,
  accessibility: m.catalogue_accessibility,
  legalForms: m.catalogue_field_legal_forms,
  minAgeMonths: m.catalogue_field_min_age_months,
  maxAgeMonths: m.catalogue_field_max_age_months,
  minEmployees: m.catalogue_field_min_employees,
  maxEmployees: m.catalogue_field_max_employees,
  scopeKind: m.catalogue_field_scope_kind,
  scopeCodes: m.catalogue_field_scope_codes,
  neighbourhoodId: m.directory_filter_neighbourhood,
  placeWords: m.catalogue_field_place_words,
  position: m.directory_field_position,
  latitude: m.directory_field_latitude,
  longitude: m.directory_field_longitude,
  radiusMetres: m.catalogue_field_radius,
  radiusKm: m.catalogue_field_radius,
  whoMay: m.catalogue_field_who_may,
  whoMayNot: m.catalogue_field_who_may_not,
  minRateBasisPoints: m.catalogue_field_min_rate,
  maxRateBasisPoints: m.catalogue_field_max_rate,
  ceilingCents: m.catalogue_field_ceiling,
  minRate: m.catalogue_field_min_rate,
  maxRate: m.catalogue_field_max_rate,
  ceiling: m.catalogue_field_ceiling,
  recurrence: m.catalogue_field_recurrence,
  opensOn: m.catalogue_field_opens_on,
  closesOn: m.catalogue_field_closes_on,
  conditions: m.catalogue_conditions,
  fees: m.catalogue_price,
  cost: m.catalogue_field_cost,
  phone: m.common_phone,
  email: m.common_email,
  url: m.catalogue_field_url,
  sourceUrl: m.catalogue_field_source_url,
  capacity: m.catalogue_field_capacity
};
type TypedName = 'radiusKm' | 'minRate' | 'maxRate' | 'ceiling';

export function supportFieldName(field: string): string {
  return (SUPPORT_FIELD_WORDS as Readonly<Record<string, () => string>>)[field]?.() ?? FIELD_WORDS[field]?.() ?? field;
}

/** What is to be put right in the form of a sheet. */
export function supportProblems(problems: Parameters<typeof problemsInWords>[0]) {
  return problemsInWords(problems, supportFieldName);
}

/** Whether a sheet still holds, in a word, with its mark. */
export function standingInWords(sheet: SupportSheet): { tone: 'good' | 'wait' | 'owed'; text: string } {
  const isFull = sheet.capacity !== null && sheet.capacity <= sheet.load;
  if (sheet.standing === 'current')
    return isFull
      ? { tone: 'wait', text: m.catalogue_standing_full() }
      : { tone: 'good', text: m.catalogue_standing_current() };
  return { tone: sheet.standing === 'not-yet' ? 'wait' : 'owed', text: NOT_CURRENT[sheet.standing](sheet) };
}

const NOT_CURRENT: Readonly<Record<Exclude<SupportStanding, 'current'>, (sheet: SupportSheet) => string>> = {
  'not-yet': (sheet) => m.catalogue_standing_not_yet({ date: formatLocalDate(sheet.opensOn!) }),
  past: (sheet) => m.catalogue_standing_past({ date: formatLocalDate(sheet.closesOn!) }),
  unchecked: () => m.catalogue_standing_unchecked(),
  stale: () => m.catalogue_standing_stale()
};
