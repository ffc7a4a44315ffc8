export const PICTURE_UPLOAD_MAX_BYTES = 8_000_000;
/** Once opened: a small file may hold a picture that fills the memory. */
export const PICTURE_MAX_PIXELS = 40_000_000;

export const ALTERNATIVE_MAX_CHARACTERS = 300;
const ALTERNATIVE_MIN_CHARACTERS = 3;

export type PictureRefusal =
  'picture-missing' | 'picture-too-heavy' | 'picture-type-refused' | 'picture-too-large' | 'picture-unreadable';
export type PictureProblem = PictureRefusal | 'alternative-missing' | 'alternative-too-long';

export type PictureType = 'jpeg' | 'png' | 'webp';

/** What a file is, its first bytes say, not its name; null for anything that is not shown, drawings with script first. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith('\u00ff\u00d8\u00ff')) return 'jpeg';
  if (head.startsWith('\u0089PNG\r\n\u001a\n')) return 'png';
  return head.startsWith('RIFF') && head.slice(8) === 'WEBP' ? 'webp' : null;
}

/** The words that stand for the picture, or what is wrong with them. */
export function checkAlternative(alternative: string): 'alternative-missing' | 'alternative-too-long' | null {
  if (alternative.length < ALTERNATIVE_MIN_CHARACTERS) return 'alternative-missing';
  return alternative.length > ALTERNATIVE_MAX_CHARACTERS ? 'alternative-too-long' : null;
}
