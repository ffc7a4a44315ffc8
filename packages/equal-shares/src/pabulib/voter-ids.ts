/**
 * Which voter ids have been met. Whole numbers are marked in a sparse bitmap (a million voters: 125 kB); other ids are
 * kept as text, spread over several sets because one set cannot hold more than 2^24.
 */
export interface VoterIds {
  /** False if the number was met before. Whole numbers from 0 to 2^31 − 1, as they are written without leading zeros. */
  readonly addNumber: (id: number) => boolean;
  readonly addText: (id: string) => boolean;
}

const PAGE_BITS = 15;
const SETS = 64;

export function createVoterIds(): VoterIds {
  const pages = new Map<number, Int32Array<ArrayBuffer>>();
  const sets = Array.from({ length: SETS }, () => new Set<string>());
  let lastPage = -1;
  let page = new Int32Array(0);

  function addNumber(id: number): boolean {
    const number = id >>> PAGE_BITS;
    if (number !== lastPage) {
      page = pages.get(number) ?? new Int32Array(2 ** (PAGE_BITS - 5));
      pages.set(number, page);
      lastPage = number;
    }
    const word = (id >>> 5) & (2 ** (PAGE_BITS - 5) - 1);
    const bit = 1 << (id & 31);
    if ((page[word]! & bit) !== 0) return false;
    page[word]! |= bit;
    return true;
  }

  function addText(id: string): boolean {
    if (/^(0|[1-9]\d{0,8})$/.test(id)) return addNumber(Number(id));
    const set = sets[(id.charCodeAt(id.length - 1) * 31 + id.charCodeAt(id.length >> 1)) % SETS]!;
    const before = set.size;
    return set.add(id).size > before;
  }

  return { addNumber, addText };
}
