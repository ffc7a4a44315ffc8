import type { ReadIdentity } from './duplicate-identity.rules.ts';
import { findInitials, stem, wordWeight, type Rarity } from './duplicate-names.rules.ts';

export type NameReason = 'same-name' | 'near-name' | 'name-contained' | 'acronym-initials';

export interface NameLikeness {
  /** Thousandths. */
  readonly permille: number;
  readonly reasons: readonly NameReason[];
}

/** How much two names say the same, each word weighed by how rare it is. */
export function compareNames(a: ReadIdentity, b: ReadIdentity, rarity: Rarity): NameLikeness {
  if (a.name.joined === b.name.joined && a.name.joined !== '') {
    return { permille: sameNamePermille(a, rarity), reasons: ['same-name'] };
  }
  const left = alignWords(a, b, rarity);
  const right = alignWords(b, a, rarity);
  const byInitials = left.byInitials || right.byInitials;
  const total = left.total + right.total;
  if (total === 0) return { permille: 0, reasons: [] };
  const overall = Math.round((1000 * (left.shared + right.shared)) / total);
  // When the shorter name is wholly inside the longer one, what counts is how much the shorter one says.
  const shorter = left.total === right.total ? mostShared(left, right) : left.total < right.total ? left : right;
  const inside = shorter.total === 0 ? 0 : Math.round((1000 * shorter.shared) / shorter.total);
  const alone = Math.min(a.name.words.length, b.name.words.length) === 1 ? SINGLE_WORD_PERMILLE : 1000;
  const said = Math.min(alone, Math.round((1000 * shorter.shared) / SAYS_ENOUGH_WEIGHT));
  const contained = Math.round((inside * inside * said) / 1_000_000);
  // Rare words that only the first has, and others that only the second has: two names, not one said differently.
  const apart = Math.round((2000 * Math.min(left.total - left.shared, right.total - right.shared)) / total);
  const alike = Math.round((overall * (1000 - apart)) / 1000);
  const permille = Math.min(960, Math.max(alike, Math.round((alike + contained) / 2)));
  const reasons: NameReason[] = [];
  if (permille >= 500) reasons.push(inside >= 950 && overall < 850 ? 'name-contained' : 'near-name');
  if (byInitials) reasons.push('acronym-initials');
  return { permille, reasons };
}

/** A name of this weight (two rare words) identifies its bearer in a directory. */
const SAYS_ENOUGH_WEIGHT = 900;

/** One word inside a longer name ("Aire", "Buenos Aires") is often a coincidence. */
const SINGLE_WORD_PERMILLE = 700;

/** "Comité des fêtes" twice is less telling than "Zadigozinc" twice. */
function sameNamePermille(a: ReadIdentity, rarity: Rarity): number {
  const weight = a.name.words.reduce((sum, word) => sum + wordWeight(word, rarity), 0);
  return weight >= SAYS_ENOUGH_WEIGHT ? 980 : 900;
}

function mostShared(left: Alignment, right: Alignment): Alignment {
  return left.shared >= right.shared ? left : right;
}

interface Alignment {
  /** Weight of the words of the first name that the second one has. */
  shared: number;
  total: number;
  byInitials: boolean;
}

function alignWords(a: ReadIdentity, b: ReadIdentity, rarity: Rarity): Alignment {
  const others = b.name.words;
  const spelled = spelledOut(a, b, rarity);
  const alignment: Alignment = { shared: 0, total: 0, byInitials: spelled.size > 0 };
  for (const [index, word] of a.name.words.entries()) {
    const direct = bestCredit(word, a.name.words[index + 1], a.name.words[index - 1], others);
    const credit = Math.max(direct, spelled.get(word) ?? 0);
    // The acronym repeated beside the full name adds nothing and misses nothing.
    if (credit < 1000 && repeatsInitials(a, word)) continue;
    const weight = wordWeight(word, rarity);
    alignment.total += weight;
    alignment.shared += Math.round((weight * credit) / 1000);
  }
  return alignment;
}

/** A word in more names than this is a word, even where it happens to spell initials ("art"). */
const ACRONYM_MAX_NAMES = 12;
const INITIALS_CREDIT = 850;

/** Words of `a` that `b` says by its acronym or by its initials, and words of `a` whose initials `b` says. */
function spelledOut(a: ReadIdentity, b: ReadIdentity, rarity: Rarity): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const word of a.name.words) {
    if (b.name.words.includes(word) || isCommon(word, rarity)) continue;
    const known = b.acronyms.has(word);
    if (known && word.length >= 2) found.set(word, word.length >= 4 ? 1000 : INITIALS_CREDIT);
    else if (word.length >= 3 && findInitials(word, b.name.spelled)) found.set(word, INITIALS_CREDIT);
  }
  for (const acronym of b.name.words) {
    if (acronym.length < 3 || a.name.words.includes(acronym) || isCommon(acronym, rarity)) continue;
    const run = findInitials(acronym, a.name.spelled);
    if (run) for (const word of a.name.spelled.slice(run.from, run.to)) found.set(word, INITIALS_CREDIT);
    else if (a.acronyms.has(acronym)) for (const word of a.name.words) found.set(word, INITIALS_CREDIT);
  }
  return found;
}

function isCommon(word: string, rarity: Rarity): boolean {
  return (rarity.frequency.get(stem(word)) ?? 0) > ACRONYM_MAX_NAMES;
}

function repeatsInitials(a: ReadIdentity, word: string): boolean {
  if (word.length < 3 || a.name.words.length < 3) return false;
  const rest = a.name.spelled.filter((other) => other !== word);
  return findInitials(word, rest) !== null;
}

/** 1000 for the same word, less for a near one, 0 for none. */
function bestCredit(
  word: string,
  next: string | undefined,
  previous: string | undefined,
  others: readonly string[]
): number {
  const wanted = stem(word);
  let best = 0;
  for (const [index, other] of others.entries()) {
    const found = stem(other);
    if (found === wanted) return 1000;
    const following = others[index + 1];
    // One word here, two there.
    if (following !== undefined && other + following === word) return 1000;
    if ((next !== undefined && word + next === other) || (previous !== undefined && previous + word === other))
      return 1000;
    best = Math.max(best, nearCredit(wanted, found));
  }
  return best;
}

function nearCredit(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || a[0] !== b[0]) return 0;
  // "montpel" for "montpellier", "mediterr" for "mediterranee".
  if (shorter >= 5 && (a.startsWith(b) || b.startsWith(a))) return Math.abs(a.length - b.length) <= 3 ? 850 : 650;
  const distance = editDistance(a, b, 2);
  if (distance === 1) return shorter >= 6 ? 900 : 650;
  return distance === 2 && shorter >= 8 ? 750 : 0;
}

/** Changes between two words, a swap of neighbours counting once; `limit + 1` as soon as there are more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const line = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, line[j - 1]! + 1, last[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      line.push(cost);
    }
    before = last;
    last = line;
  }
  return Math.min(last[b.length]!, limit + 1);
}
