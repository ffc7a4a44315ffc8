import type { ShownPiece } from '@terreau/features/support/talk-pieces.query';
import { RECOMMENDATION_WORDS } from './talk-words.ts';

/** Pieces with their states in the language of the page. */
export function piecesInWords(pieces: readonly ShownPiece[]) {
  return pieces.map((piece) => ({
    ...piece,
    stateWords: piece.recommendation ? RECOMMENDATION_WORDS[piece.recommendation.state]() : null,
    toStateWords: piece.toState ? RECOMMENDATION_WORDS[piece.toState]() : null
  }));
}
