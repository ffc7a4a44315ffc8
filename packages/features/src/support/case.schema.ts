import * as v from 'valibot';
import { FEEDBACK_ANSWERS } from './check-up.rules.ts';
import { textUpTo } from './dossier.schema.ts';

export const CASE_PART_MAX_CHARACTERS = 2000;
const TITLE_MAX_CHARACTERS = 160;

export const caseSchema = v.object({
  title: v.pipe(
    textUpTo(TITLE_MAX_CHARACTERS),
    v.check((title) => (title?.length ?? 0) >= 3, 'missing')
  ),
  situation: textUpTo(CASE_PART_MAX_CHARACTERS),
  tried: textUpTo(CASE_PART_MAX_CHARACTERS),
  worked: textUpTo(CASE_PART_MAX_CHARACTERS),
  failed: textUpTo(CASE_PART_MAX_CHARACTERS),
  advice: textUpTo(CASE_PART_MAX_CHARACTERS),
  shownAs: v.picklist(['anonymous', 'named'], 'missing')
});
export type CaseFields = v.InferOutput<typeof caseSchema>;

/** By which way the structure said yes. */
export const consentToCaseSchema = v.object({
  channel: v.picklist(['page', 'oral', 'paper'], 'missing'),
  agreed: v.literal('yes', 'missing')
});

const answer = v.picklist(FEEDBACK_ANSWERS, 'missing');
export const feedbackSchema = v.object({
  useful: answer,
  holds: answer,
  again: answer,
  words: textUpTo(1000)
});
export type FeedbackFields = v.InferOutput<typeof feedbackSchema>;
