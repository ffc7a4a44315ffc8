import type { PaperBlock, PaperDocument, PaperFact } from '@terreau/formats/document';
import type { ThreadSheet } from './find-thread.query.ts';
import type { ShownPiece } from './talk-pieces.query.ts';
import type { RecommendationState } from './talk.schema.ts';

/** The words of a printed conversation, in its language. */
export interface TalkPaperWords {
  readonly language: 'fr' | 'en';
  readonly subtitle: string;
  /** Who wrote a message and when: its heading. */
  readonly head: (message: ThreadSheet['messages'][number]) => string;
  readonly state: (state: RecommendationState) => string;
  readonly day: (date: string) => string;
  readonly recommended: string;
  readonly why: string;
  readonly stateOf: string;
  readonly dueOn: string;
  readonly contact: string;
  readonly document: string;
  readonly answer: string;
  readonly answerHint: string;
}

/** Lines to answer on by hand: whoever has no screen answers on the same sheet. */
const ANSWER_LINES = 8;

/** A conversation as a paper, for somebody of the circle who reads nothing on a screen. */
export function threadPaper(thread: ThreadSheet, words: TalkPaperWords): PaperDocument {
  return {
    title: thread.subject,
    language: words.language,
    subtitle: words.subtitle,
    footer: thread.head.title,
    blocks: [
      ...thread.messages.flatMap((message): PaperBlock[] => [
        { kind: 'heading', level: 2, text: words.head(message) },
        ...message.pieces.flatMap((piece) => blocksOf(piece, words))
      ]),
      { kind: 'heading', level: 2, text: words.answer },
      { kind: 'paragraph', text: words.answerHint },
      { kind: 'lines', count: ANSWER_LINES }
    ]
  };
}

function blocksOf(piece: ShownPiece, words: TalkPaperWords): PaperBlock[] {
  const { recommendation, organization } = piece;
  if (piece.kind === 'text') return [{ kind: 'paragraph', text: piece.words ?? '' }];
  if (piece.kind === 'recommendation' && recommendation) {
    return [
      facts(
        { label: words.recommended, value: recommendation.title },
        recommendation.why && { label: words.why, value: recommendation.why },
        recommendation.dueOn && { label: words.dueOn, value: words.day(recommendation.dueOn) },
        { label: words.stateOf, value: words.state(recommendation.state) }
      )
    ];
  }
  if (piece.kind === 'state' && recommendation && piece.toState) {
    return [facts({ label: recommendation.title, value: words.state(piece.toState) })];
  }
  if (piece.kind === 'contact') {
    const value = organization
      ? [organization.name, organization.phone, organization.email].filter(Boolean).join('\n')
      : (piece.words ?? '');
    return [facts({ label: words.contact, value })];
  }
  return piece.kind === 'document' ? [facts({ label: words.document, value: piece.words ?? '' })] : [];
}

function facts(...all: (PaperFact | null | '')[]): PaperBlock {
  return { kind: 'facts', facts: all.filter((fact): fact is PaperFact => Boolean(fact)) };
}
