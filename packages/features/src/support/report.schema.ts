import { THEME_GROUPS } from '@terreau/formats/vocabulary';
import { isId } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { dateField } from './dossier.schema.ts';
import { MEASURE_CODES } from './report-measures.rules.ts';

const COMMENT_MAX_CHARACTERS = 2000;
const FAILED_MAX_CHARACTERS = 3000;
const NOTHING_FAILED_MAX_CHARACTERS = 500;
const TYPED_MAX_CHARACTERS = 20_000;

/** Text that may be empty: null then. */
function wordsUpTo(max: number) {
  return v.pipe(
    v.optional(v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long')), ''),
    v.transform((text) => text.replace(/\r\n/g, '\n').trim()),
    v.maxLength(max, 'too-long'),
    v.transform((text) => text || null)
  );
}

export const monthWordsSchema = v.object({
  comment: wordsUpTo(COMMENT_MAX_CHARACTERS),
  failed: wordsUpTo(FAILED_MAX_CHARACTERS)
});
export type MonthWords = v.InferOutput<typeof monthWordsSchema>;

const TITLE_MAX_CHARACTERS = 160;
const ANSWER_MAX_CHARACTERS = 5000;
const LABEL_MAX_CHARACTERS = 120;

function lineOf(max: number, min = 3) {
  return v.pipe(
    v.optional(v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long')), ''),
    v.trim(),
    v.minLength(min, 'missing'),
    v.maxLength(max, 'too-long')
  );
}

export const reportWordsSchema = v.object({
  comment: wordsUpTo(COMMENT_MAX_CHARACTERS),
  failed: wordsUpTo(FAILED_MAX_CHARACTERS),
  nothingFailedBecause: wordsUpTo(NOTHING_FAILED_MAX_CHARACTERS)
});
export type ReportWords = v.InferOutput<typeof reportWordsSchema>;

export const titleSchema = v.object({ title: lineOf(TITLE_MAX_CHARACTERS) });

const requiredDate = v.pipe(
  dateField,
  v.check((date) => date !== null, 'missing')
);

export const beginReportSchema = v.object({
  template: v.pipe(v.optional(v.string(), ''), v.minLength(1, 'missing'), v.maxLength(40, 'too-long')),
  reportTitle: lineOf(TITLE_MAX_CHARACTERS),
  from: requiredDate,
  to: requiredDate
});

export const sectionSchema = v.object({
  sectionTitle: lineOf(TITLE_MAX_CHARACTERS),
  measures: v.pipe(v.optional(v.array(v.picklist(MEASURE_CODES, 'missing')), []), v.minLength(1, 'missing')),
  themes: v.optional(
    v.array(
      v.picklist(
        THEME_GROUPS.map(({ code }) => code),
        'missing'
      )
    ),
    []
  ),
  neighbourhood: v.pipe(
    v.optional(v.string(), ''),
    v.check((id) => id === '' || isId(id), 'missing'),
    v.transform((id) => id || null)
  ),
  qpv: v.pipe(
    v.optional(v.picklist(['', '2015', '2024'], 'missing'), ''),
    v.transform((vintage) => (vintage === '' ? null : (Number(vintage) as 2015 | 2024)))
  )
});

export const textAskedSchema = v.object({
  textTitle: lineOf(TITLE_MAX_CHARACTERS),
  maxCharacters: v.pipe(
    v.optional(v.string(), ''),
    v.transform(Number),
    v.integer('malformed-count'),
    v.minValue(100, 'malformed-count'),
    v.maxValue(ANSWER_MAX_CHARACTERS, 'malformed-count')
  )
});

/** How long a secret address may live. */
export const LINK_DAYS = ['30', '90', '365'] as const;

export const linkSchema = v.object({
  label: lineOf(LABEL_MAX_CHARACTERS, 2),
  days: v.pipe(v.picklist(LINK_DAYS, 'missing'), v.transform(Number))
});
