import { isId } from '@terreau/kernel/ids';
import * as v from 'valibot';
import { dateField, textUpTo } from './dossier.schema.ts';

/** Who reads a thread or a document: the whole circle, or those of it who advise. */
export const AUDIENCES = ['circle', 'advisers'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Where something that was recommended stands. Each may follow any other: people change their mind. */
export const RECOMMENDATION_STATES = [
  'proposed',
  'under-way',
  'blocked',
  'done',
  'not-interested',
  'already-done'
] as const;
export type RecommendationState = (typeof RECOMMENDATION_STATES)[number];

/** States after which nothing more is expected of a recommendation. */
export const SETTLED_STATES: readonly RecommendationState[] = ['done', 'not-interested', 'already-done'];

export const TALK_SUBJECT_MAX_CHARACTERS = 160;
export const TALK_TEXT_MAX_CHARACTERS = 4000;
export const RECOMMENDATION_TITLE_MAX_CHARACTERS = 200;
export const RECOMMENDATION_WHY_MAX_CHARACTERS = 1000;
export const MESSAGE_MAX_PIECES = 20;

const idField = v.pipe(
  v.optional(v.pipe(v.string(), v.maxLength(60, 'malformed')), ''),
  v.transform((text) => (isId(text) ? text : null))
);

/** A message as it is typed at the foot of a thread: words, and the state of a recommendation that it changes. */
export const messageSchema = v.object({
  text: textUpTo(TALK_TEXT_MAX_CHARACTERS),
  /** Somebody of the circle without an account, who said it aloud. */
  spokenBy: idField,
  recommendation: idField,
  toState: v.pipe(
    v.optional(v.picklist([...RECOMMENDATION_STATES, ''] as const), ''),
    v.transform((state) => state || null)
  ),
  /** `draft`: kept for its author, to add to it; anything else publishes. */
  send: v.optional(v.picklist(['publish', 'draft'] as const), 'publish')
});
export type MessageFields = v.InferOutput<typeof messageSchema>;

export const threadSchema = v.object({
  ...messageSchema.entries,
  subject: v.pipe(
    textUpTo(TALK_SUBJECT_MAX_CHARACTERS),
    v.check((text) => (text?.length ?? 0) >= 2, 'missing'),
    v.transform((text) => text ?? '')
  ),
  audience: v.optional(v.picklist(AUDIENCES), 'circle')
});
export type ThreadFields = v.InferOutput<typeof threadSchema>;

export const PIECE_KINDS = ['text', 'recommendation', 'contact', 'document'] as const;

/** What is added to a draft. A recommendation or a contact names a sheet, or is said in free words. */
export const pieceSchema = v.object({
  kind: v.picklist(PIECE_KINDS, 'missing'),
  words: textUpTo(TALK_TEXT_MAX_CHARACTERS),
  why: textUpTo(RECOMMENDATION_WHY_MAX_CHARACTERS),
  dueOn: dateField,
  support: idField,
  organization: idField,
  document: idField
});
export type PieceFields = v.InferOutput<typeof pieceSchema>;

export const PIECE_GESTURES = ['up', 'down', 'remove', 'rewrite'] as const;
export type PieceGesture = (typeof PIECE_GESTURES)[number];

export const pieceGestureSchema = v.object({
  piece: idField,
  gesture: v.picklist(PIECE_GESTURES, 'missing'),
  words: textUpTo(TALK_TEXT_MAX_CHARACTERS)
});
export type PieceGestureFields = v.InferOutput<typeof pieceGestureSchema>;
