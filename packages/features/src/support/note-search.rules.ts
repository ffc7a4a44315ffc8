const WORDS_MAX_COUNT = 6;
const WORD_MIN_CHARACTERS = 2;
const SEARCH_MAX_CHARACTERS = 100;
const PASSAGE_MAX_CHARACTERS = 140;

/** The words of a search, without accents or case; what is no letter or figure separates them. */
export function plainWords(q: string): string[] {
  return plain(q.slice(0, SEARCH_MAX_CHARACTERS))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= WORD_MIN_CHARACTERS)
    .slice(0, WORDS_MAX_COUNT);
}

/** Of the texts, the one that holds the most of `words`, cut around the first of them. */
export function passageAround(texts: readonly (string | null)[], words: readonly string[]): string {
  const held = (text: string) => words.filter((word) => plain(text).includes(word)).length;
  const [best = ''] = texts.filter((text) => text !== null).toSorted((one, other) => held(other) - held(one));
  if (best.length <= PASSAGE_MAX_CHARACTERS) return best;
  const at = Math.max(0, Math.min(...words.map((word) => plain(best).indexOf(word)).filter((index) => index >= 0)));
  const from = Math.max(0, Math.min(at - PASSAGE_MAX_CHARACTERS / 3, best.length - PASSAGE_MAX_CHARACTERS));
  const start = from === 0 ? 0 : best.indexOf(' ', from) + 1;
  const passage = best.slice(start, start + PASSAGE_MAX_CHARACTERS).trim();
  return `${start > 0 ? '… ' : ''}${passage}${start + PASSAGE_MAX_CHARACTERS < best.length ? ' …' : ''}`;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
