import { readEmail, readPhone } from '@terreau/formats/cells';
import * as v from 'valibot';

export const SEARCH_SUBJECTS = ['directory', 'need', 'offer', 'support'] as const;
export type SearchSubject = (typeof SEARCH_SUBJECTS)[number];

/** How often news are sent; a digest each week unless somebody chose otherwise. */
export const FREQUENCIES = ['never', 'daily', 'weekly', 'monthly'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export const FREQUENCY_DEFAULT: Frequency = 'weekly';

/** Searches that one person may keep: more than that is nobody's news any more. */
export const SEARCHES_MAX_COUNT = 20;
export const SEARCH_LABEL_MAX_CHARACTERS = 200;

const CODE_MAX_CHARACTERS = 120;
const CODES_MAX_COUNT = 10;
const WORDS_MAX_CHARACTERS = 200;
const code = v.pipe(v.string(), v.minLength(1), v.maxLength(CODE_MAX_CHARACTERS));
const codes = v.optional(v.pipe(v.array(code), v.maxLength(CODES_MAX_COUNT)));

/** What is searched. Everything is optional: without anything, all that is new. */
export const criteriaSchema = v.object({
  text: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(WORDS_MAX_CHARACTERS))),
  themes: codes,
  publics: codes,
  kinds: codes,
  category: v.optional(code),
  fees: v.optional(v.picklist(['gratuit', 'payant'])),
  neighbourhoodId: v.optional(v.pipe(v.string(), v.uuid()))
});
export type SearchCriteria = v.InferOutput<typeof criteriaSchema>;

/** Where news are sent to somebody without an account: one of the two is enough. */
export const alertContactSchema = v.object({
  email: v.pipe(
    v.string(),
    v.transform(readEmail),
    v.check(({ value, reason }) => value !== null || reason === null, 'malformed-email'),
    v.transform(({ value }) => value?.toLowerCase() ?? null)
  ),
  phone: v.pipe(
    v.string(),
    v.transform(readPhone),
    v.check(({ value, reason }) => value !== null || reason === null, 'malformed-phone'),
    v.transform(({ value }) => value)
  )
});

export function isFrequency(text: string): text is Frequency {
  return (FREQUENCIES as readonly string[]).includes(text);
}

export function isSearchSubject(text: string | null): text is SearchSubject {
  return text !== null && (SEARCH_SUBJECTS as readonly string[]).includes(text);
}
