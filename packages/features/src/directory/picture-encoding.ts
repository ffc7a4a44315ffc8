import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import sharp, { type Sharp } from 'sharp';
import { PICTURE_MAX_PIXELS, PICTURE_UPLOAD_MAX_BYTES, pictureTypeOf, type PictureRefusal } from './picture.rules.ts';

/** How large and how heavy a picture is kept: each quality is tried until it is light enough. */
export interface PictureSize {
  readonly maxWidthPixels: number;
  readonly maxHeightPixels: number;
  readonly maxBytes: number;
}

/** A sheet is read on slow networks. */
const SHOWN_PICTURE: PictureSize = { maxWidthPixels: 800, maxHeightPixels: 600, maxBytes: 60_000 };
/** A photographed page must be read and printed. */
export const READABLE_PICTURE: PictureSize = { maxWidthPixels: 2400, maxHeightPixels: 2400, maxBytes: 1_500_000 };
const QUALITIES = [74, 58, 42, 26];
const ENCODING_MAX_SECONDS = 10;

export interface EncodedPicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

sharp.cache(false);

/**
 * Makes a WebP of at most `size` out of a JPEG, PNG or WebP picture, upright, without any of its metadata (place, camera, author).
 * What a file is, its first bytes say, not its name: anything else is refused, drawings that can hold script first.
 */
export async function encodePicture(
  bytes: Uint8Array,
  size: PictureSize = SHOWN_PICTURE
): Promise<Verdict<EncodedPicture, PictureRefusal>> {
  if (bytes.length === 0) return refuse('picture-missing');
  if (bytes.length > PICTURE_UPLOAD_MAX_BYTES) return refuse('picture-too-heavy');
  const type = pictureTypeOf(bytes);
  if (!type) return refuse('picture-type-refused');
  try {
    // The header alone is read here, whatever it announces.
    const { width, height, format } = await sharp(bytes, { limitInputPixels: false, pages: 1 }).metadata();
    if (format !== type) return refuse('picture-type-refused');
    if (width * height > PICTURE_MAX_PIXELS) return refuse('picture-too-large');
    return accept(await lightest(bytes, size));
  } catch {
    // Damaged, cut short, or longer to open than any honest picture.
    return refuse('picture-unreadable');
  }
}

/** The limit is checked again while pixels are read, in case the header lies. Of an animation, the first image. */
function opened(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: PICTURE_MAX_PIXELS, failOn: 'error', pages: 1 });
}

async function lightest(bytes: Uint8Array, size: PictureSize): Promise<EncodedPicture> {
  const upright = await opened(bytes)
    .timeout({ seconds: ENCODING_MAX_SECONDS })
    .autoOrient()
    .resize({
      width: size.maxWidthPixels,
      height: size.maxHeightPixels,
      fit: 'inside',
      withoutEnlargement: true
    })
    .toColourspace('srgb')
    .png({ compressionLevel: 1 })
    .toBuffer();
  for (const quality of QUALITIES) {
    const { data, info } = await sharp(upright).webp({ quality }).toBuffer({ resolveWithObject: true });
    if (data.length <= size.maxBytes || quality === QUALITIES.at(-1))
      return { bytes: data, width: info.width, height: info.height };
  }
  throw new Error('no quality to try');
}
