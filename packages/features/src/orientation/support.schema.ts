import { readDate, readEmail, readNumber, readPhone, readText, readUrl } from '@terreau/formats/cells';
import { FEES, PUBLICS, THEMES } from '@terreau/formats/vocabulary';
import { isId } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { cell, codes, LEGAL_FORMS, oneCode, optional, position, required } from '../directory/directory.schema.ts';

/*
 * A sheet of the catalogue as it is typed in a form or read in a file, cleaned. Empty is null: it asks for nothing.
 */

export const SUPPORT_KINDS = ['service', 'person', 'room', 'equipment', 'training', 'funding', 'information'] as const;
export type SupportKind = (typeof SUPPORT_KINDS)[number];

export const SUPPORT_RECURRENCES = ['permanent', 'yearly', 'once'] as const;
export type SupportRecurrence = (typeof SUPPORT_RECURRENCES)[number];

/** `circle` is told by a position and a radius; all others by codes of official geography. */
export const SUPPORT_SCOPES = [
  'territory',
  'commune',
  'epci',
  'departement',
  'region',
  'priority-neighbourhood',
  'national',
  'circle'
] as const;
export type SupportScope = (typeof SUPPORT_SCOPES)[number];

export const SUPPORT_TITLE_MAX_CHARACTERS = 200;
export const SUPPORT_SUMMARY_MAX_CHARACTERS = 5000;
export const SUPPORT_TERMS_MAX_CHARACTERS = 3000;
export const SCOPE_CODES_MAX_COUNT = 400;
const WORDS_MAX_COUNT = 30;
const WORD_MAX_CHARACTERS = 60;
const CEILING_MAX_EUROS = 1_000_000_000;
const METRES_PER_KM = 1000;
const CENTS_PER_EURO = 100;
const BASIS_POINTS_PER_PERCENT = 100;

export const supportSchema = v.pipe(
  v.object({
    kind: v.picklist(SUPPORT_KINDS, 'unknown-code'),
    title: required(SUPPORT_TITLE_MAX_CHARACTERS, 3),
    summary: optional(SUPPORT_SUMMARY_MAX_CHARACTERS),
    plainSummary: optional(2000),
    provider: optional(200),
    themes: codes(THEMES),
    localThemes: words(WORD_MAX_CHARACTERS, WORDS_MAX_COUNT),
    publics: codes(PUBLICS),
    languages: words(12, 20),
    accessibility: words(WORD_MAX_CHARACTERS, 20),
    legalForms: v.optional(
      v.pipe(
        v.array(v.picklist(LEGAL_FORMS, 'unknown-code'), 'unknown-code'),
        v.transform((given) => [...new Set(given)])
      ),
      () => []
    ),
    minAgeMonths: whole(1200),
    maxAgeMonths: whole(1200),
    minEmployees: whole(100_000),
    maxEmployees: whole(100_000),
    scopeKind: v.optional(v.picklist(SUPPORT_SCOPES, 'unknown-code'), 'territory'),
    scopeCodes: words(20, SCOPE_CODES_MAX_COUNT),
    neighbourhoodId: v.optional(
      v.pipe(
        v.string(),
        v.transform((text) => (text === '' ? null : text)),
        v.check((id) => id === null || isId(id), 'unknown-code')
      ),
      ''
    ),
    placeWords: optional(300),
    position: position(),
    radiusKm: amount(1000, METRES_PER_KM),
    whoMay: optional(SUPPORT_TERMS_MAX_CHARACTERS),
    whoMayNot: optional(SUPPORT_TERMS_MAX_CHARACTERS),
    minRate: amount(100, BASIS_POINTS_PER_PERCENT),
    maxRate: amount(100, BASIS_POINTS_PER_PERCENT),
    ceiling: amount(CEILING_MAX_EUROS, CENTS_PER_EURO),
    recurrence: v.optional(
      v.pipe(
        v.picklist(['', ...SUPPORT_RECURRENCES], 'unknown-code'),
        v.transform((code) => (code === '' ? null : code))
      ),
      ''
    ),
    opensOn: cell(readDate, 'malformed-date', 10),
    closesOn: cell(readDate, 'malformed-date', 10),
    conditions: optional(SUPPORT_TERMS_MAX_CHARACTERS),
    fees: oneCode(FEES),
    cost: optional(300),
    phone: cell(readPhone, 'malformed-phone', 30),
    email: cell(readEmail, 'malformed-email', 254),
    url: cell(readUrl, 'malformed-url', 500),
    sourceUrl: cell(readUrl, 'malformed-url', 500),
    capacity: whole(1000)
  }),
  v.forward(
    v.check(({ closesOn, opensOn }) => !closesOn || !opensOn || closesOn >= opensOn, 'malformed-date'),
    ['closesOn']
  ),
  v.forward(
    v.check(({ minRate, maxRate }) => minRate === null || maxRate === null || maxRate >= minRate, 'malformed-number'),
    ['maxRate']
  ),
  v.forward(
    v.check((sheet) => sheet.scopeKind !== 'circle' || (sheet.position !== null && sheet.radiusKm !== null), 'missing'),
    ['radiusKm']
  ),
  v.transform(({ position: where, minRate, maxRate, ceiling, radiusKm, ...sheet }) => ({
    ...sheet,
    scopeCodes: sheet.scopeKind === 'territory' || sheet.scopeKind === 'circle' ? [] : sheet.scopeCodes,
    latitude: where?.latitude ?? null,
    longitude: where?.longitude ?? null,
    radiusMetres: radiusKm,
    minRateBasisPoints: minRate,
    maxRateBasisPoints: maxRate,
    ceilingCents: ceiling
  }))
);
export type SupportFields = v.InferOutput<typeof supportSchema>;
export type SupportField = keyof SupportFields;

/** Words or codes of one line, between commas, semicolons or line breaks. */
function words(maxCharacters: number, maxCount: number) {
  return v.optional(
    v.pipe(
      v.union([v.string(), v.array(v.string())]),
      v.transform((given) => [
        ...new Set((typeof given === 'string' ? given.split(/[,;|\n]/) : given).flatMap((word) => readText(word) ?? []))
      ]),
      v.check((list) => list.length <= maxCount, 'too-many'),
      v.check((list) => list.every((word) => word.length <= maxCharacters), 'too-long')
    ),
    ''
  );
}

function whole(max: number) {
  return v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => readNumber(text)),
      v.check(({ value, reason }) => value !== null || reason === null, 'malformed-number'),
      v.check(
        ({ value }) => value === null || (Number.isInteger(value) && value >= 0 && value <= max),
        'malformed-number'
      ),
      v.transform(({ value }) => value)
    ),
    ''
  );
}

/** A number typed in its everyday unit, kept as a whole number of `parts` of it (cents, metres, hundredths of a percent). */
function amount(max: number, parts: number) {
  return v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => readNumber(text.replace(/[€%]/g, ''))),
      v.check(({ value, reason }) => value !== null || reason === null, 'malformed-number'),
      v.check(({ value }) => value === null || (value >= 0 && value <= max), 'malformed-number'),
      v.transform(({ value }) => (value === null ? null : Math.round(value * parts)))
    ),
    ''
  );
}
