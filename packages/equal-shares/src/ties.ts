import { compareIds, type Election } from './election.ts';
import { supportOf } from './support.ts';

/**
 * How equal projects are told apart. No rule draws a lot by itself: an order given by the caller (a list made public
 * beforehand, or one drawn from a published seed with `drawnOrder`) is data like any other.
 *  - `lex`: the smallest id by code point; - `rec`: the lowest cost, then the most votes, then `lex`.
 */
export type TieRule = 'lex' | 'rec' | { readonly order: readonly string[] };

/** The place of each project in the tie order: of tied projects the one with the smallest place is taken. */
export function tieRanks(election: Election, rule: TieRule): Int32Array {
  const { projects } = election;
  const { votes } = supportOf(election, 'card');
  const given = typeof rule === 'object' ? givenPlaces(election, rule.order) : null;
  const order = projects
    .map((_, p) => p)
    .sort((a, b) => {
      if (given !== null) return given.get(projects[a]!.id)! - given.get(projects[b]!.id)!;
      const byCost = rule === 'rec' ? compareBig(projects[a]!.cost, projects[b]!.cost) : 0;
      const byVotes = rule === 'rec' ? votes[b]! - votes[a]! : 0;
      return byCost || byVotes || compareIds(projects[a]!.id, projects[b]!.id) || a - b;
    });
  const ranks = new Int32Array(projects.length);
  order.forEach((p, place) => (ranks[p] = place));
  return ranks;
}

/**
 * An order drawn from a seed that anybody can repeat: ids sorted by code point, then shuffled (Fisher–Yates) with
 * numbers from SplitMix64 started with FNV-1a-64 of the seed's UTF-8 bytes. Unbiased: draws that would favour a place are repeated.
 */
export function drawnOrder(ids: readonly string[], seed: string): readonly string[] {
  const order = [...ids].sort(compareIds);
  const next = splitMix64(fnv1a64(new TextEncoder().encode(seed)));
  for (let i = order.length - 1; i > 0; i--) {
    const bound = BigInt(i + 1);
    const fair = TWO_64 - (TWO_64 % bound);
    let drawn = next();
    while (drawn >= fair) drawn = next();
    const j = Number(drawn % bound);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function givenPlaces(election: Election, order: readonly string[]): Map<string, number> {
  const places = new Map(order.map((id, place) => [id, place]));
  const missing = election.projects.find((project) => !places.has(project.id));
  if (missing !== undefined) throw new RangeError(`the tie order does not name project ${missing.id}`);
  return places;
}

const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

const TWO_64 = 1n << 64n;

function fnv1a64(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}

function splitMix64(seed: bigint): () => bigint {
  let state = seed;
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
}
