import { readText } from '@terreau/formats/cells';
import * as v from 'valibot';
import { dateField, textUpTo } from './dossier.schema.ts';
import { readMinutes } from './minutes.rules.ts';
import { ACTION_KINDS, ACTION_MOVES, ACTION_WHYS, PRIORITIES_COUNT } from './plan.rules.ts';

export const ACTION_WHAT_MAX_CHARACTERS = 300;
export const ACTION_OWNER_MAX_CHARACTERS = 120;
export const ACTION_COMMENT_MAX_CHARACTERS = 1000;
export const PRIORITY_MAX_CHARACTERS = 200;
export const PLANNED_MAX_MINUTES = 60_000;
const TYPED_MAX_CHARACTERS = 5000;
const LABEL_MIN_CHARACTERS = 3;

const typed = () => v.pipe(v.string(), v.maxLength(TYPED_MAX_CHARACTERS, 'too-long'));

/** A text that may not be missing, of at most `max` characters. */
export const neededText = (max: number, min = LABEL_MIN_CHARACTERS) =>
  v.pipe(
    v.optional(typed(), ''),
    v.transform((text) => readText(text) ?? ''),
    v.minLength(min, 'missing'),
    v.maxLength(max, 'too-long')
  );

/** Hours and minutes as people type them; nothing typed is no time at all. */
export const timeUpTo = (max: number) =>
  v.pipe(
    v.optional(typed(), ''),
    v.transform((text) => (text.trim() === '' ? 0 : readMinutes(text, max))),
    v.check((minutes) => minutes !== null, 'malformed-minutes'),
    v.transform((minutes) => minutes ?? 0)
  );

const reference = v.pipe(
  v.optional(typed(), ''),
  v.transform((text) => text || null)
);

export const actionSchema = v.object({
  what: neededText(ACTION_WHAT_MAX_CHARACTERS),
  kind: v.picklist(ACTION_KINDS, 'missing'),
  priority: reference,
  /** A place in the circle, or nobody of it. */
  owner: reference,
  ownerLabel: textUpTo(ACTION_OWNER_MAX_CHARACTERS),
  dueOn: dateField,
  planned: timeUpTo(PLANNED_MAX_MINUTES),
  successSign: textUpTo(ACTION_WHAT_MAX_CHARACTERS)
});
export type ActionFields = v.InferOutput<typeof actionSchema>;

export const commentSchema = v.object({
  body: textUpTo(ACTION_COMMENT_MAX_CHARACTERS),
  move: v.pipe(
    v.optional(v.picklist([...ACTION_MOVES, ''] as const), ''),
    v.transform((move) => move || null)
  ),
  why: v.pipe(
    v.optional(v.picklist([...ACTION_WHYS, ''] as const), ''),
    v.transform((why) => why || null)
  ),
  spent: timeUpTo(1440)
});
export type CommentFields = v.InferOutput<typeof commentSchema>;

const priority = v.pipe(
  v.optional(typed(), ''),
  v.transform((text) => (readText(text) ?? '').replace(/\s+/g, ' ')),
  v.check((text) => text === '' || text.length >= LABEL_MIN_CHARACTERS, 'too-short'),
  v.maxLength(PRIORITY_MAX_CHARACTERS, 'too-long')
);

export const prioritiesSchema = v.object({
  first: priority,
  second: priority,
  third: priority,
  /** What stood in the three places when the form was opened, a line for each. */
  seen: v.pipe(
    v.optional(typed(), ''),
    v.transform((text) => text.split(/\r?\n/).filter(Boolean).slice(0, PRIORITIES_COUNT))
  )
});
export type PrioritiesFields = v.InferOutput<typeof prioritiesSchema>;
