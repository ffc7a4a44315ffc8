import {
  ALTERNATIVE_MAX_CHARACTERS,
  PICTURE_MAX_PIXELS,
  PICTURE_UPLOAD_MAX_BYTES,
  type PictureProblem
} from '@terreau/features/directory/picture.rules';
import { formatNumber } from '#lib/formats.ts';
import { m } from '#texts/messages.js';

/** What is wrong with a picture or with its words, and the field to put right. */
export function pictureRefusal(code: PictureProblem): { field: 'picture' | 'alternative'; text: string } {
  return { field: code.startsWith('alternative') ? 'alternative' : 'picture', text: WORDS[code]() };
}

const WORDS: Readonly<Record<PictureProblem, () => string>> = {
  'picture-missing': m.picture_refusal_missing,
  'picture-too-heavy': () => m.picture_refusal_too_heavy({ size: formatNumber(PICTURE_UPLOAD_MAX_BYTES / 1_000_000) }),
  'picture-type-refused': m.picture_refusal_type,
  'picture-too-large': () => m.picture_refusal_too_large({ size: formatNumber(PICTURE_MAX_PIXELS / 1_000_000) }),
  'picture-unreadable': m.picture_refusal_unreadable,
  'alternative-missing': m.picture_refusal_alternative_missing,
  'alternative-too-long': () => m.picture_refusal_alternative_too_long({ max: ALTERNATIVE_MAX_CHARACTERS })
};
