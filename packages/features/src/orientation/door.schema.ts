import { displayPhone, readEmail, readPhone, readText } from '@terreau/formats/cells';
import * as v from 'valibot';
import { PERSON_NAME_MAX_CHARACTERS } from '../trust/assisted.schema.ts';

/* What people type at the door. Five questions; a telephone number is enough. */

export const DOORS = ['idea', 'need', 'help'] as const;
export type DoorKind = (typeof DOORS)[number];
export const REACHED_BY = ['phone', 'sms', 'mail', 'visit'] as const;
/** Where somebody of the team met the person for whom they type. */
export const ASSISTED_CHANNELS = ['counter', 'telephone', 'street'] as const;
export type AssistedChannel = (typeof ASSISTED_CHANNELS)[number];
export const VISIBILITIES = ['facilitators', 'partners'] as const;

export const SENTENCE_MAX_CHARACTERS = 500;
export const FOR_WHOM_MAX_CHARACTERS = 500;
export const PLACE_WORDS_MAX_CHARACTERS = 300;
export const EXPECTATION_MAX_CHARACTERS = 1000;
const SENTENCE_MIN_CHARACTERS = 3;
const TYPED_MAX_CHARACTERS = 2000;

/** The names of the fields, as the form sends them and as a draft keeps them. */
export const DOOR_FIELDS = [
  'sentence',
  'forWhom',
  'placeWords',
  'name',
  'phone',
  'email',
  'reachedBy',
  'expectation',
  'visibility',
  'receipt'
] as const;
export type DoorField = (typeof DOOR_FIELDS)[number];
/** What was typed, as it was typed. */
export type TypedDoor = Readonly<Record<DoorField, string>>;

export type DoorProblem =
  'missing' | 'too-short' | 'too-long' | 'malformed-phone' | 'malformed-email' | 'phone-missing' | 'name-missing';

/** The words of a request, without whoever asks: also what may be corrected later. */
export const requestWordsSchema = v.object({
  sentence: v.pipe(
    words(SENTENCE_MAX_CHARACTERS),
    v.check((text) => text !== null, 'missing'),
    v.transform((text) => text!),
    v.minLength(SENTENCE_MIN_CHARACTERS, 'too-short')
  ),
  forWhom: words(FOR_WHOM_MAX_CHARACTERS),
  placeWords: words(PLACE_WORDS_MAX_CHARACTERS),
  expectation: words(EXPECTATION_MAX_CHARACTERS)
});
export type RequestWords = v.InferOutput<typeof requestWordsSchema>;

/** How somebody who asks is named and reached: a telephone, or a visit by somebody who says their first name. */
const reachSchema = v.object({
  name: v.pipe(
    line(),
    v.check((text) => text === null || text.length <= PERSON_NAME_MAX_CHARACTERS, 'too-long')
  ),
  phone: v.pipe(
    typed(),
    v.transform(readPhone),
    v.check(({ value, reason }) => value !== null || reason === null, 'malformed-phone'),
    v.transform(({ value }) => value)
  ),
  email: v.optional(
    v.pipe(
      typed(),
      v.transform(readEmail),
      v.check(({ value, reason }) => value !== null || reason === null, 'malformed-email'),
      v.transform(({ value }) => value?.toLowerCase() ?? null)
    ),
    ''
  ),
  reachedBy: v.pipe(
    v.string(),
    v.transform((text) => REACHED_BY.find((way) => way === text) ?? 'phone')
  )
});

export const doorSchema = v.pipe(
  v.object({
    ...requestWordsSchema.entries,
    ...reachSchema.entries,
    visibility: v.pipe(
      v.string(),
      v.transform((text) => VISIBILITIES.find((one) => one === text) ?? 'facilitators')
    ),
    /** A text message with the code, besides the page. */
    receipt: v.pipe(
      v.string(),
      v.transform((text): 'sms' | 'page' => (text === 'sms' ? 'sms' : 'page'))
    )
  }),
  v.forward(
    v.check(
      ({ phone, email, reachedBy }) => phone !== null || email !== null || reachedBy === 'visit',
      'phone-missing'
    ),
    ['phone']
  ),
  v.forward(
    v.check(({ phone, receipt }) => phone !== null || receipt === 'page', 'phone-missing'),
    ['phone']
  ),
  v.forward(
    v.check(
      ({ phone, email, name, reachedBy }) => reachedBy !== 'visit' || (phone ?? email ?? name) !== null,
      'name-missing'
    ),
    ['name']
  )
);
export type DoorFields = v.InferOutput<typeof doorSchema>;

/** How whoever asks is called where nobody said a name: by what they left to be reached. */
export function nameOfAsker({ name, phone, email }: Pick<DoorFields, 'name' | 'phone' | 'email'>): string {
  return name ?? (phone && displayPhone(phone)) ?? email ?? '';
}

/** What was typed, read by one of the schemas above: the value, or what is wrong in each field. */
export function readDoor<Schema extends v.GenericSchema>(
  schema: Schema,
  values: Readonly<Record<string, string>>
): { ok: true; value: v.InferOutput<Schema> } | { ok: false; problems: Readonly<Record<string, DoorProblem>> } {
  const result = v.safeParse(schema, values);
  if (result.success) return { ok: true, value: result.output };
  const problems: Record<string, DoorProblem> = {};
  for (const issue of result.issues) problems[String(issue.path?.[0]?.key ?? '')] ??= issue.message as DoorProblem;
  return { ok: false, problems };
}

function typed() {
  return v.pipe(v.string('missing'), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long'));
}

function line() {
  return v.pipe(
    typed(),
    v.transform((text) => readText(text))
  );
}

/** Words as they were typed, line breaks included, without what cannot be seen. */
function words(max: number) {
  return v.pipe(
    typed(),
    v.transform((text) => {
      const kept = text
        .replace(/\r\n?/g, '\n')
        // oxlint-disable-next-line no-control-regex -- they are what is taken out
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b\ufeff]/g, '')
        .trim();
      return kept === '' ? null : kept;
    }),
    v.check((text) => text === null || text.length <= max, 'too-long')
  );
}
