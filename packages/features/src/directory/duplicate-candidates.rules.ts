import { type ReadIdentity } from './duplicate-identity.rules.ts';
import {
  compareIdentities,
  PROPOSED_MIN_PERMILLE,
  rarityOf,
  type LikenessReason
} from './duplicate-likelihood.rules.ts';
import { LINKING, skeleton, stem, wordWeight, type Rarity } from './duplicate-names.rules.ts';

/** Where to look for sheets that may be the same structure, without comparing each with each. */
export interface CandidateIndex {
  readonly identities: readonly ReadIdentity[];
  readonly rarity: Rarity;
  readonly positions: ReadonlyMap<string, readonly number[]>;
}

/** A key shared by more sheets than this tells nothing and would cost too much. */
export const KEY_MAX_SHEETS = 300;
export const CANDIDATES_MAX_COUNT = 40;

export function indexIdentities(identities: readonly ReadIdentity[], rarity: Rarity): CandidateIndex {
  const positions = new Map<string, number[]>();
  for (const [position, identity] of identities.entries()) {
    for (const { key } of keysOf(identity, rarity)) {
      const list = positions.get(key);
      if (!list) positions.set(key, [position]);
      else if (list.length <= KEY_MAX_SHEETS) list.push(position);
    }
  }
  return { identities, rarity, positions };
}

/** At most {@link CANDIDATES_MAX_COUNT} sheets that share something with `wanted`, the most telling first. */
export function findCandidates(wanted: ReadIdentity, index: CandidateIndex): ReadIdentity[] {
  const scores = new Map<number, number>();
  for (const { key, weight } of keysOf(wanted, index.rarity)) {
    const list = index.positions.get(key) ?? [];
    if (list.length > KEY_MAX_SHEETS) continue;
    for (const position of list) scores.set(position, (scores.get(position) ?? 0) + weight);
  }
  return [...scores]
    .filter(([position]) => index.identities[position]!.identity.id !== wanted.identity.id)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, CANDIDATES_MAX_COUNT)
    .map(([position]) => index.identities[position]!);
}

interface Key {
  readonly key: string;
  readonly weight: number;
}

const IDENTIFIER_WEIGHT = 3000;
const ACRONYM_WEIGHT = 700;

function* keysOf(read: ReadIdentity, rarity: Rarity): Generator<Key> {
  const { identity, name } = read;
  if (identity.siret) yield { key: `siren:${identity.siret.slice(0, 9)}`, weight: IDENTIFIER_WEIGHT };
  if (identity.rna) yield { key: `rna:${identity.rna}`, weight: IDENTIFIER_WEIGHT };
  if (identity.phone) yield { key: `phone:${identity.phone}`, weight: IDENTIFIER_WEIGHT };
  if (identity.email) yield { key: `email:${identity.email.toLowerCase()}`, weight: IDENTIFIER_WEIGHT };
  if (read.website) yield { key: `website:${read.website}`, weight: IDENTIFIER_WEIGHT };
  if (name.joined) yield { key: `joined:${name.joined.slice(0, 12)}`, weight: IDENTIFIER_WEIGHT };
  const words = new Set(name.words.map(stem));
  for (const word of words) yield { key: `word:${word}`, weight: wordWeight(word, rarity) };
  // Two common words that follow each other are rarer than either.
  for (let index = 1; index < name.words.length; index += 1) {
    const both = stem(name.words[index - 1]!) + stem(name.words[index]!);
    yield { key: `word:${both}`, weight: 300 };
  }
  for (const word of words) {
    if (word.length >= 5) yield { key: `bones:${skeleton(word)}`, weight: Math.round(wordWeight(word, rarity) / 2) };
  }
  yield* acronymKeys(read);
}

/** The acronym in its field, the short words that may be one, and the initials of the name. */
function* acronymKeys({ name, acronyms }: ReadIdentity): Generator<Key> {
  const known = new Set([...acronyms, ...name.words.filter((word) => word.length >= 3 && word.length <= 6)]);
  const words = name.spelled.filter((word) => !LINKING.has(word));
  for (let from = 0; from < Math.min(words.length, 4); from += 1) {
    for (let length = 3; length <= Math.min(6, words.length - from); length += 1) {
      known.add(
        words
          .slice(from, from + length)
          .map((word) => word[0])
          .join('')
      );
    }
  }
  for (const acronym of known) yield { key: `acronym:${acronym}`, weight: ACRONYM_WEIGHT };
}

/** Two sheets that look like one structure; `firstId` < `secondId`. */
export interface LikelyPair {
  readonly firstId: string;
  readonly secondId: string;
  readonly permille: number;
  readonly reasons: readonly LikenessReason[];
}

/** A pair this far below the best pair of one of its two sheets is not shown: the best one explains it. */
export const RIVAL_MARGIN_PERMILLE = 100;

const COMPARED_BETWEEN_PAUSES_COUNT = 50;

export interface PairSearch {
  readonly identities: readonly ReadIdentity[];
  readonly placeNames: Iterable<string>;
  /** Only pairs of which one sheet is among these; absent: all. */
  readonly among?: ReadonlySet<string> | undefined;
  /** Pairs already proposed between the other sheets: they count as rivals and as links. */
  readonly standing?: readonly LikelyPair[];
  /** Keys (`firstId/secondId`) of pairs that somebody has decided: never proposed again. */
  readonly decided?: ReadonlySet<string>;
}

/** Every pair worth showing to somebody, the likeliest first. `pause` is awaited now and then. */
export async function findLikelyPairs(search: PairSearch, pause: () => Promise<unknown>): Promise<LikelyPair[]> {
  const { identities, among } = search;
  const rarity = rarityOf(identities, search.placeNames);
  await pause();
  const wanted = among ? identities.filter(({ identity }) => among.has(identity.id)) : identities;
  const index = indexIdentities(identities, rarity);
  const pairs = new Map<string, LikelyPair>();
  for (const [position, one] of wanted.entries()) {
    if (position % COMPARED_BETWEEN_PAUSES_COUNT === 0) await pause();
    for (const other of findCandidates(one, index)) {
      const [first, second] = one.identity.id < other.identity.id ? [one, other] : [other, one];
      const key = `${first.identity.id}/${second.identity.id}`;
      if (pairs.has(key) || search.decided?.has(key)) continue;
      const { permille, reasons } = compareIdentities(first, second, rarity);
      if (permille < PROPOSED_MIN_PERMILLE) continue;
      pairs.set(key, { firstId: first.identity.id, secondId: second.identity.id, permille, reasons });
    }
  }
  const standing = search.standing ?? [];
  return withoutRepeats(withoutRivals([...pairs.values()], standing), standing);
}

/** Leaves out the pairs of which one sheet looks much more like another, be it by a pair of `standing`. */
export function withoutRivals(pairs: readonly LikelyPair[], standing: readonly LikelyPair[] = []): LikelyPair[] {
  const best = new Map<string, number>();
  for (const { firstId, secondId, permille } of [...pairs, ...standing]) {
    for (const id of [firstId, secondId]) best.set(id, Math.max(best.get(id) ?? 0, permille));
  }
  return pairs
    .filter(
      ({ firstId, secondId, permille }) =>
        permille >= Math.max(best.get(firstId)!, best.get(secondId)!) - RIVAL_MARGIN_PERMILLE
    )
    .sort((a, b) => b.permille - a.permille || a.firstId.localeCompare(b.firstId));
}

/**
 * One question for each sheet that joins a group: of five sheets that all look alike, four pairs are asked, not ten.
 * What is decided about one of them brings the others up in the next search.
 */
function withoutRepeats(pairs: readonly LikelyPair[], standing: readonly LikelyPair[] = []): LikelyPair[] {
  const leaders = new Map<string, string>();
  const leaderOf = (id: string): string => {
    let leader = id;
    while (leaders.has(leader)) leader = leaders.get(leader)!;
    return leader;
  };
  const link = ({ firstId, secondId }: LikelyPair): boolean => {
    const [one, other] = [leaderOf(firstId), leaderOf(secondId)];
    if (one === other) return false;
    leaders.set(one, other);
    return true;
  };
  standing.forEach(link);
  return pairs.filter(link);
}
