import { readEmail, readPhone, readText } from '@terreau/formats/cells';
import * as v from 'valibot';

export const PERSON_NAME_MAX_CHARACTERS = 120;
const TYPED_MAX_CHARACTERS = 1000;

const typed = () => v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long'));

/** How somebody is named and reached: a telephone is enough, and even that may be missing. */
export const contactSchema = v.object({
  name: v.pipe(
    typed(),
    v.transform((text) => readText(text) ?? ''),
    v.minLength(1, 'missing'),
    v.maxLength(PERSON_NAME_MAX_CHARACTERS, 'too-long')
  ),
  phone: v.optional(
    v.pipe(
      typed(),
      v.transform(readPhone),
      v.check(({ value, reason }) => value !== null || reason === null, 'malformed-phone'),
      v.transform(({ value }) => value)
    ),
    ''
  ),
  email: v.optional(
    v.pipe(
      typed(),
      v.transform(readEmail),
      v.check(({ value, reason }) => value !== null || reason === null, 'malformed-email'),
      v.transform(({ value }) => value?.toLowerCase() ?? null)
    ),
    ''
  )
});

export const assistedPersonSchema = v.object({
  ...contactSchema.entries,
  /** On paper, printed from the page, or by text message to the telephone. */
  receipt: v.optional(v.picklist(['paper', 'sms'] as const), 'paper'),
  /** The text was read out and the person said yes. */
  agreed: v.optional(v.picklist(['yes', 'no', ''] as const), '')
});

export type PersonContact = v.InferOutput<typeof contactSchema>;
export type AssistedPerson = v.InferOutput<typeof assistedPersonSchema>;
