import { createHash, randomInt } from 'node:crypto';

/** No 0, O, 1, I, L, U: nothing that is read for something else, aloud or on paper. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 12 of 30 signs: 59 bits, far beyond what a rate-limited guesser can try. */
const CODE_CHARACTERS = 12;
const GROUP_CHARACTERS = 4;

/** A new code as it is written: `7KQX-2MPA-9WTZ`. */
export function newReceiptCode(): string {
  const signs = Array.from({ length: CODE_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]!).join('');
  return signs.match(new RegExp(`.{${GROUP_CHARACTERS}}`, 'g'))!.join('-');
}

/** What the database keeps of a code, however it was typed; null when it cannot be one. */
export function hashOfReceipt(typed: string): string | null {
  const signs = typed.toUpperCase().replace(/[\s.·–-]/g, '');
  const isCode = signs.length === CODE_CHARACTERS && [...signs].every((sign) => ALPHABET.includes(sign));
  return isCode ? createHash('sha256').update(`receipt:${signs}`).digest('base64url') : null;
}
