/**
 * The peer that is compared: MiniSearch with a French light stemmer (after J. Savoy's, as Lucene's FrenchLightStemFilter
 * has it in spirit): accents, plural, feminine and the commonest endings.
 */
export function stemFrench(term: string): string | null {
  const word = term.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  if (word.length < 2 || STOP_WORDS.has(word)) return null;
  if (word.length < 5) return word.replace(/[sx]$/, '');
  const singular = word.replace(/(eaux|aux|s|x)$/, (ending) =>
    ending === 'aux' ? 'al' : ending === 'eaux' ? 'eau' : ''
  );
  return singular
    .replace(
      /(issement|issant|ement|ment|atrice|ateur|ation|trice|teur|tion|euse|eur|ienne|ien|iere|ier|ance|ence|ique|iste|isme|ive|if|ee|er|e)$/,
      ''
    )
    .replace(/(.)\1$/, '$1');
}

const STOP_WORDS = new Set(
  'au aux de des du la le les en et ou pour par sur dans un une se sa son ses ce cet cette est sont avec sans que qui'.split(
    ' '
  )
);
