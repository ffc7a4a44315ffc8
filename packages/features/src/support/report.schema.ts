import * as v from 'valibot';

export const COMMENT_MAX_CHARACTERS = 2000;
export const FAILED_MAX_CHARACTERS = 3000;
export const NOTHING_FAILED_MAX_CHARACTERS = 500;
const TYPED_MAX_CHARACTERS = 20_000;

/** Text that may be empty: null then. */
export function wordsUpTo(max: number) {
  return v.pipe(
    v.optional(v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long')), ''),
    v.transform((text) => text.replace(/\r\n/g, '\n').trim()),
    v.maxLength(max, 'too-long'),
    v.transform((text) => text || null)
  );
}

/** `2026-10`. */
export const monthSchema = v.pipe(v.string(), v.regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'malformed-date'));

export const monthWordsSchema = v.object({
  comment: wordsUpTo(COMMENT_MAX_CHARACTERS),
  failed: wordsUpTo(FAILED_MAX_CHARACTERS)
});
export type MonthWords = v.InferOutput<typeof monthWordsSchema>;
