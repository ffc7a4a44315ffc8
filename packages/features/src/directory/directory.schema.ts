import {
  readEmail,
  readNumber,
  readPhone,
  readPostcode,
  readRna,
  readSiret,
  readText,
  readUrl,
  type Cell
} from '@terreau/formats/cells';
import {
  FEES,
  isCodeOf,
  MOBILIZATION_MODES,
  MOBILIZERS,
  NETWORKS,
  PUBLICS,
  RECEPTION_MODES,
  SERVICE_KINDS,
  THEMES,
  type VocabularyEntry
} from '@terreau/formats/vocabulary';
import { isId } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { PROMISE_MONTHS, type PromiseMonths } from './freshness.rules.ts';
import { readOpeningHours } from './opening-hours.ts';
import { POST_CATEGORIES } from './post-lifecycle.rules.ts';

/*
 * What people type about the directory, cleaned. Each field takes the text of a form (or a list of codes) and gives the
 * value to store, or a code that names what is wrong (the sentence is the screen's). Empty text is null.
 */

/** Text longer than anything a field takes is refused before it is looked at. */
const TYPED_MAX_CHARACTERS = 20_000;

export const NAME_MAX_CHARACTERS = 200;
export const ACRONYM_MAX_CHARACTERS = 40;
export const DESCRIPTION_MAX_CHARACTERS = 10_000;
export const PLAIN_DESCRIPTION_MAX_CHARACTERS = 2000;
export const WEBSITE_MAX_CHARACTERS = 500;
export const ADDRESS_MAX_CHARACTERS = 300;
export const CITY_MAX_CHARACTERS = 120;
export const NOTE_MAX_CHARACTERS = 1000;
export const DETAILS_MAX_CHARACTERS = 2000;
export const CODES_MAX_COUNT = 30;
export const POST_TITLE_MIN_CHARACTERS = 3;
export const POST_TITLE_MAX_CHARACTERS = 160;
export const POST_DESCRIPTION_MAX_CHARACTERS = 3000;
export const CONTACT_MAX_CHARACTERS = 254;
export const SHOWN_NAME_MAX_CHARACTERS = 60;

export const LEGAL_FORMS = [
  'association',
  'informal-group',
  'cooperative',
  'company',
  'mutual',
  'foundation',
  'public-body',
  'other'
] as const;
export type LegalForm = (typeof LEGAL_FORMS)[number];

export const CORRECTION_KINDS = ['closed', 'moved', 'wrong-number', 'wrong-hours', 'other'] as const;
export type CorrectionKind = (typeof CORRECTION_KINDS)[number];

/** What a field's problem is; the texts have one sentence for each. */
export type DirectoryProblem =
  | 'missing'
  | 'too-short'
  | 'too-long'
  | 'too-many'
  | 'unknown-code'
  | 'malformed-siret'
  | 'malformed-rna'
  | 'malformed-phone'
  | 'malformed-email'
  | 'malformed-url'
  | 'malformed-postcode'
  | 'malformed-position'
  | 'malformed-hours'
  | 'malformed-date'
  | 'malformed-contact'
  | 'malformed-number';

export const organizationSchema = v.object({
  name: required(NAME_MAX_CHARACTERS),
  acronym: optional(ACRONYM_MAX_CHARACTERS),
  legalForm: v.optional(v.picklist(LEGAL_FORMS, 'unknown-code'), 'other'),
  siret: cell(readSiret, 'malformed-siret', 14),
  rna: cell(readRna, 'malformed-rna', 10),
  description: optional(DESCRIPTION_MAX_CHARACTERS),
  descriptionEn: optional(DESCRIPTION_MAX_CHARACTERS),
  plainDescription: optional(PLAIN_DESCRIPTION_MAX_CHARACTERS),
  website: cell(readUrl, 'malformed-url', WEBSITE_MAX_CHARACTERS),
  email: cell(readEmail, 'malformed-email', CONTACT_MAX_CHARACTERS),
  phone: cell(readPhone, 'malformed-phone', 30),
  themes: codes(THEMES),
  publics: codes(PUBLICS),
  networks: codes(NETWORKS),
  promiseMonths: promise()
});
export type OrganizationFields = v.InferOutput<typeof organizationSchema>;

export const placeSchema = v.pipe(
  v.object({
    label: optional(NAME_MAX_CHARACTERS),
    address: optional(ADDRESS_MAX_CHARACTERS),
    addressComplement: optional(ADDRESS_MAX_CHARACTERS),
    postcode: cell(readPostcode, 'malformed-postcode', 5),
    city: optional(CITY_MAX_CHARACTERS),
    /** `46.6694, 2.7265`: as a map gives it. */
    position: position(),
    neighbourhoodId: v.optional(
      v.pipe(
        v.string(),
        v.transform((text) => (text === '' ? null : text)),
        v.check((id) => id === null || isId(id), 'unknown-code')
      ),
      ''
    ),
    openingHours: hours(),
    accessibility: optional(NOTE_MAX_CHARACTERS)
  }),
  v.transform(({ position: where, ...place }) => ({
    ...place,
    latitude: where?.latitude ?? null,
    longitude: where?.longitude ?? null
  }))
);
export type PlaceFields = v.InferOutput<typeof placeSchema>;

export const serviceSchema = v.object({
  name: required(NAME_MAX_CHARACTERS),
  description: optional(DESCRIPTION_MAX_CHARACTERS),
  kind: oneCode(SERVICE_KINDS),
  themes: codes(THEMES),
  publics: codes(PUBLICS),
  conditions: optional(DETAILS_MAX_CHARACTERS),
  fees: oneCode(FEES),
  feesDetails: optional(DETAILS_MAX_CHARACTERS),
  receptionModes: codes(RECEPTION_MODES),
  mobilizationModes: codes(MOBILIZATION_MODES),
  mobilizationDetails: optional(DETAILS_MAX_CHARACTERS),
  mobilizationUrl: cell(readUrl, 'malformed-url', WEBSITE_MAX_CHARACTERS),
  mobilizedBy: codes(MOBILIZERS),
  phone: cell(readPhone, 'malformed-phone', 30),
  email: cell(readEmail, 'malformed-email', CONTACT_MAX_CHARACTERS),
  openingHours: hours()
});
export type ServiceFields = v.InferOutput<typeof serviceSchema>;

export const postSchema = v.object({
  kind: v.picklist(['need', 'offer'] as const, 'unknown-code'),
  category: v.picklist(POST_CATEGORIES, 'unknown-code'),
  title: required(POST_TITLE_MAX_CHARACTERS, POST_TITLE_MIN_CHARACTERS),
  description: optional(POST_DESCRIPTION_MAX_CHARACTERS),
  expiresOn: date()
});
export type PostFields = v.InferOutput<typeof postSchema>;

export const correctionSchema = v.object({
  kind: v.picklist(CORRECTION_KINDS, 'unknown-code'),
  details: optional(DETAILS_MAX_CHARACTERS),
  /** A mail address or a telephone number, where the answer goes. */
  contact: contact()
});
export type CorrectionFields = v.InferOutput<typeof correctionSchema>;

export const skillSchema = v.pipe(
  v.object({
    title: required(POST_TITLE_MAX_CHARACTERS, POST_TITLE_MIN_CHARACTERS),
    description: optional(DETAILS_MAX_CHARACTERS),
    shownAs: v.picklist(['first-name', 'initials', 'anonymous'] as const, 'unknown-code'),
    shownName: optional(SHOWN_NAME_MAX_CHARACTERS),
    visibility: v.picklist(['facilitators', 'members', 'public'] as const, 'unknown-code'),
    consent: v.optional(v.literal('yes', 'missing'), '' as 'yes')
  }),
  v.forward(
    v.check((skill) => skill.shownAs === 'anonymous' || skill.shownName !== null, 'missing'),
    ['shownName']
  )
);
export type SkillFields = v.InferOutput<typeof skillSchema>;

/** What is wrong, by field. */
export type Problems = Readonly<Record<string, DirectoryProblem>>;

/** What was typed, read by `schema`: the value, or what is wrong in each field. */
export function readFields<Schema extends v.GenericSchema>(
  schema: Schema,
  typed: unknown
): { ok: true; value: v.InferOutput<Schema> } | { ok: false; problems: Problems } {
  const result = v.safeParse(schema, typed);
  if (result.success) return { ok: true, value: result.output };
  const problems: Record<string, DirectoryProblem> = {};
  for (const issue of result.issues) {
    const field = String(issue.path?.[0]?.key ?? '');
    problems[field] ??= PROBLEMS.has(issue.message) ? (issue.message as DirectoryProblem) : 'missing';
  }
  return { ok: false, problems };
}

const PROBLEMS: ReadonlySet<string> = new Set<DirectoryProblem>([
  'missing',
  'too-short',
  'too-long',
  'too-many',
  'unknown-code',
  'malformed-siret',
  'malformed-rna',
  'malformed-phone',
  'malformed-email',
  'malformed-url',
  'malformed-postcode',
  'malformed-position',
  'malformed-hours',
  'malformed-date',
  'malformed-contact',
  'malformed-number'
]);

function typed() {
  return v.pipe(v.string('missing'), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long'));
}

/** Text that must be there. */
export function required(max: number, min = 1) {
  return v.pipe(
    typed(),
    v.transform((text) => (keepText(text) ?? '').replace(/ {2,}/g, ' ')),
    v.minLength(1, 'missing'),
    v.minLength(min, 'too-short'),
    v.maxLength(max, 'too-long')
  );
}

/** What somebody typed, kept as it is (typographic spaces included) but for what cannot be seen and outer blanks. */
function keepText(typedText: string): string | null {
  const text = typedText
    .replace(/\r\n?/g, '\n')
    // oxlint-disable-next-line no-control-regex -- they are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b\ufeff]/g, '')
    .trim();
  return text === '' ? null : text;
}

/** Text that may be left out: then null. */
export function optional(max: number) {
  return v.optional(
    v.pipe(
      typed(),
      v.transform(keepText),
      v.check((text) => text === null || text.length <= max, 'too-long')
    ),
    ''
  );
}

/** A field that a cell reader understands: a value that it had to guess is kept, one that it could not read is refused. */
export function cell(read: (raw: string) => Cell<string>, problem: DirectoryProblem, max: number) {
  return v.optional(
    v.pipe(
      typed(),
      v.transform(read),
      v.check(({ value, reason }) => value !== null || reason === null, problem),
      v.check(({ value }) => value === null || value.length <= max, 'too-long'),
      v.transform(({ value }) => value)
    ),
    ''
  );
}

/** Several codes of a list, each once. */
export function codes<Entry extends VocabularyEntry>(list: readonly Entry[]) {
  return v.optional(
    v.pipe(
      v.array(v.string(), 'unknown-code'),
      v.maxLength(CODES_MAX_COUNT, 'too-many'),
      v.check((given) => given.every((code) => isCodeOf(list, code)), 'unknown-code'),
      v.transform((given) => [...new Set(given)] as Entry['code'][])
    ),
    () => []
  );
}

/** One code of a list, or none. */
export function oneCode<Entry extends VocabularyEntry>(list: readonly Entry[]) {
  return v.optional(
    v.pipe(
      v.string(),
      v.check((code) => code === '' || isCodeOf(list, code), 'unknown-code'),
      v.transform((code) => (code === '' ? null : (code as Entry['code'])))
    ),
    ''
  );
}

function promise() {
  return v.optional(
    v.pipe(
      v.string(),
      v.check((text) => (PROMISE_MONTHS as readonly number[]).includes(Number(text)), 'unknown-code'),
      v.transform((text) => Number(text) as PromiseMonths)
    ),
    '12'
  );
}

/** A position as a map gives it, or none. */
export function position() {
  return v.optional(
    v.pipe(
      typed(),
      v.transform(readPosition),
      v.check((where) => where !== 'malformed', 'malformed-position'),
      v.transform((where) => (where === 'malformed' ? null : where))
    ),
    ''
  );
}

/** Two numbers with a point or a comma inside: `46.6694, 2.7265`, `46,6694 ; 2,7265`, `46.6694 2.7265`. */
function readPosition(raw: string): { latitude: number; longitude: number } | 'malformed' | null {
  const text = readText(raw);
  if (text === null) return null;
  const parts = text.split(/\s*;\s*|,\s+|\s+/).length === 2 ? text.split(/\s*;\s*|,\s+|\s+/) : text.split(',');
  if (parts.length !== 2) return 'malformed';
  const [latitude, longitude] = parts.map((part) => readNumber(part).value);
  if (latitude == null || longitude == null) return 'malformed';
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : 'malformed';
}

function hours() {
  return v.optional(
    v.pipe(
      typed(),
      v.transform(readOpeningHours),
      v.check((read) => read !== 'malformed', 'malformed-hours'),
      v.transform((read) => (read === 'malformed' ? null : read))
    ),
    ''
  );
}

/** `YYYY-MM-DD`, or none. */
export function date() {
  return v.optional(
    v.pipe(
      v.string(),
      v.check((text) => text === '' || isDate(text), 'malformed-date'),
      v.transform((text) => (text === '' ? null : text))
    ),
    ''
  );
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

function contact() {
  return v.optional(
    v.pipe(
      typed(),
      v.maxLength(CONTACT_MAX_CHARACTERS, 'too-long'),
      v.transform((text) => ({ text: readText(text), value: readEmail(text).value ?? readPhone(text).value })),
      v.check(({ text, value }) => text === null || value !== null, 'malformed-contact'),
      v.transform(({ value }) => value)
    ),
    ''
  );
}
