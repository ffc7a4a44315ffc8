export type MediaType = 'application/json' | 'application/geo+json';

const ACCEPT_MAX_CHARACTERS = 1000;

/** The first of `offered` that the reader wants most (RFC 9110, 12.5.1); null when they want none of them. */
export function chooseMedia<Media extends string>(accept: string | null, offered: readonly Media[]): Media | null {
  const wishes = (accept ?? '*/*').slice(0, ACCEPT_MAX_CHARACTERS).split(',').map(readWish);
  const ranked = offered.map((media) => ({ media, quality: qualityOf(media, wishes) }));
  const best = ranked.reduce((one, other) => (other.quality > one.quality ? other : one));
  return best.quality > 0 ? best.media : null;
}

interface Wish {
  readonly range: string;
  readonly quality: number;
}

function readWish(entry: string): Wish {
  const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
  const written = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const quality = written === undefined ? 1 : Number(written);
  return { range, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** The most precise range that names the type decides. */
function qualityOf(media: string, wishes: readonly Wish[]): number {
  const [type] = media.split('/');
  for (const range of [media, `${type}/*`, '*/*']) {
    const wish = wishes.find((each) => each.range === range);
    if (wish) return wish.quality;
  }
  return 0;
}
