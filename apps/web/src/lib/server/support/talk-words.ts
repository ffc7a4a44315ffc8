import { fail } from '@sveltejs/kit';
import type { AddDocumentRefusal } from '@terreau/features/support/add-document.command';
import type { AddPieceRefusal } from '@terreau/features/support/add-piece.command';
import { DOCUMENT_MAX_BYTES } from '@terreau/features/support/document.rules';
import type { Audience, RecommendationState } from '@terreau/features/support/talk.schema';
import type { WriteMessageRefusal } from '@terreau/features/support/write-message.command';
import { m } from '#texts/messages.js';
import type { SentBack } from './words.ts';

/* The codes of conversations and documents in the language of the page. A missing text does not compile. */

export const RECOMMENDATION_WORDS: Readonly<Record<RecommendationState, () => string>> = {
  proposed: m.support_talk_state_proposed,
  'under-way': m.support_talk_state_under_way,
  blocked: m.support_talk_state_blocked,
  done: m.support_talk_state_done,
  'not-interested': m.support_talk_state_not_interested,
  'already-done': m.support_talk_state_already_done
};

export const AUDIENCE_WORDS: Readonly<Record<Audience, () => string>> = {
  circle: m.support_talk_audience_circle,
  advisers: m.support_talk_audience_advisers
};

type Refusal = Exclude<WriteMessageRefusal | AddPieceRefusal | AddDocumentRefusal, 'not-found'>;

const REFUSAL_WORDS: Readonly<Record<Refusal, (details: { max: number }) => string>> = {
  'message-empty': m.support_talk_refusal_message_empty,
  'speaker-not-found': m.support_talk_refusal_speaker_not_found,
  'recommendation-not-found': m.support_talk_refusal_recommendation_not_found,
  'room-not-yours': m.support_talk_refusal_room_not_yours,
  'piece-empty': m.support_talk_refusal_piece_empty,
  'sheet-not-found': m.support_talk_refusal_sheet_not_found,
  'title-too-long': m.support_talk_refusal_title_too_long,
  'too-many-pieces': m.support_talk_refusal_too_many_pieces,
  'dossier-full': m.support_talk_refusal_dossier_full,
  'document-missing': m.support_talk_refusal_document_missing,
  'document-too-heavy': () => m.support_talk_refusal_document_too_heavy({ max: DOCUMENT_MAX_BYTES / 1_000_000 }),
  'document-type-refused': m.support_talk_refusal_document_type_refused,
  'document-unreadable': m.support_talk_refusal_document_unreadable
};

/** A form sent back with a refusal at `field`, or for the whole form; what was typed stays. */
export function failTalk(
  refusal: { readonly code: Refusal; readonly details: Readonly<Record<string, string | number>> },
  values: SentBack['values'],
  field = ''
) {
  const text = REFUSAL_WORDS[refusal.code]({ max: Number(refusal.details['max'] ?? 0) });
  return fail(409, { values, errors: { [field]: text } } satisfies SentBack);
}
