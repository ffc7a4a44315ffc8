/** A text message that came in. */
export interface ReceivedText {
  /** The gateway's own name of the message: a gateway that is not sure of our answer sends it again. */
  readonly gatewayId: string;
  readonly from: string;
  readonly text: string;
  /** The public address of the platform. */
  readonly origin: string;
}

/** What a text message says, when it says one thing and nothing else. */
export type TextAnswer = 'yes' | 'no' | 'stop';

/** Ten text messages in one; a gateway cuts before. */
export const TEXT_MAX_CHARACTERS = 1600;

/** A bare OUI, NON or STOP, however it is written. Null for anything more: only a human reads what people mean. */
export function readTextAnswer(text: string): TextAnswer | null {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^[«"“'\s]+|[»"”'.!\s]+$/g, '');
  return WORDS.get(bare) ?? null;
}

const WORDS: ReadonlyMap<string, TextAnswer> = new Map([
  ['oui', 'yes'],
  ['yes', 'yes'],
  ['non', 'no'],
  ['no', 'no'],
  ['stop', 'stop']
]);
