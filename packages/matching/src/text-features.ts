/** What is read of a text; the rest costs nothing. */
export const THEME_TEXT_MAX_CHARACTERS = 2000;

/** Lower case without accents, apostrophes or signs: words between spaces. Digits are kept. */
export function plainWords(text: string): string[] {
  return text
    .slice(0, THEME_TEXT_MAX_CHARACTERS)
    .toWellFormed()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Words that say nothing of a subject. */
const EMPTY_WORDS = new Set(
  'a au aux avec ce ces cette d dans de des du elle en est et eux il ils j je l la le les leur leurs ma mes mon n ne nos notre nous on ou où par pas pour qu que qui s sa se ses si son sur ta tes ton tous toute toutes tout un une vers vos votre vous y plus the of'.split(
    ' '
  )
);

export function isEmptyWord(word: string): boolean {
  return EMPTY_WORDS.has(word);
}

/**
 * What a text holds, each once: its words, its pairs of neighbours (`a b`) and the pieces of three to five letters of its
 * words (`~_velo`), so that "vélos", "vélo" and "cycliste" near "cyclable" are known by what they share.
 */
export function textFeatures(text: string): string[] {
  const words = plainWords(text).filter((word) => !isEmptyWord(word));
  const pieces = words.flatMap((word) => {
    const edged = `_${word.slice(0, 30)}_`;
    return [3, 4, 5].flatMap((length) =>
      Array.from({ length: Math.max(0, edged.length - length + 1) }, (_, at) => `~${edged.slice(at, at + length)}`)
    );
  });
  const pairs = words.slice(1).map((word, i) => `${words[i]} ${word}`);
  return [...new Set([...words, ...pairs, ...pieces])];
}
