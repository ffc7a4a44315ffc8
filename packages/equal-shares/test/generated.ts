import { createElection, type Election, type PlainBallot, type VoteType } from '../src/election.ts';
import type { PlainCase } from './oracle.ts';

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A small election that is likely to hold what goes wrong: equal costs, free projects, projects dearer than the
 * budget, projects that nobody wants, empty ballots, equal ballots, voters who run short.
 */
export function generatedElection(seed: number): { election: Election; voteType: VoteType } {
  const next = numbersFrom(seed);
  const whole = (below: number): number => Math.floor(next() * below);
  const voteType = (['approval', 'approval', 'approval', 'ordinal', 'cumulative'] as const)[whole(5)]!;
  const count = 1 + whole(7);
  const top = [3, 6, 20, 100][whole(4)]!;
  // Now and then in cents, so to say: then one unit changes little, and runs stand for many increments.
  const unit = whole(150) === 0 ? 300 : 1;
  const projects = Array.from({ length: count }, (_, i) => ({
    id: String(i + (whole(3) === 0 ? 9 : 1) * 100).slice(-2) + i,
    cost: String(whole(12) === 0 ? 0 : (1 + whole(top)) * unit + whole(unit))
  }));
  const ballots: PlainBallot[] = [];
  const voters = whole(20) === 0 ? 0 : 1 + whole(9);
  for (let v = 0; v < voters; v++) {
    const liked = projects.map((p) => p.id).filter(() => next() < 0.4);
    const order = liked.sort(() => next() - 0.5);
    const points = voteType === 'cumulative' ? order.map(() => whole(5)) : undefined;
    ballots.push({ projects: order, points, voters: whole(4) === 0 ? 2 : 1 });
  }
  const budget = String(whole(15) === 0 ? 0 : (1 + whole(top * Math.max(1, count - 1))) * unit);
  return { election: createElection({ voteType, budget, projects, ballots }), voteType };
}

/** The same election, voter by voter, for the oracle. */
export function plainCase(election: Election, utility: 'cost' | 'card' | 'borda' | 'points'): PlainCase {
  const { ballots, projects } = election;
  const gain: bigint[][] = [];
  const named: number[][] = [];
  for (const g of ballots.groupOf) {
    const places = Array.from({ length: ballots.start[g + 1]! - ballots.start[g]! }, (_, k) => ballots.start[g]! + k);
    const gains = projects.map(() => 0n);
    for (const [k, i] of places.entries()) {
      const p = ballots.project[i]!;
      const points = ballots.points === null ? 1 : ballots.points[i]!;
      if (utility === 'cost') gains[p] = points > 0 ? projects[p]!.cost : 0n;
      if (utility === 'card') gains[p] = points > 0 ? 1n : 0n;
      if (utility === 'borda') gains[p] = BigInt(places.length - k - 1);
      if (utility === 'points') gains[p] = BigInt(points);
    }
    gain.push(gains);
    named.push(places.filter((i) => ballots.points === null || ballots.points[i]! > 0).map((i) => ballots.project[i]!));
  }
  return { budget: election.budget, cost: projects.map((p) => p.cost), ids: projects.map((p) => p.id), gain, named };
}
