import type { BallotBook } from '../ballot-book.ts';
import type { BallotLimits } from './limits.ts';
import type { MetaFacts } from './meta.ts';
import type { Projects } from './projects.ts';
import type { VoterIds } from './voter-ids.ts';

/** One ballot while it is read: arrays used again for each. */
export interface Slip {
  projects: Int32Array<ArrayBuffer>;
  points: Float64Array<ArrayBuffer>;
  length: number;
  line: number;
  /** Columns of the fields `vote` and `points`. */
  voteColumn: number;
  pointsColumn: number;
}

export interface Desk {
  readonly facts: MetaFacts;
  readonly settled: ReturnType<Projects['settle']>;
  readonly book: BallotBook;
  readonly limits: BallotLimits;
  readonly withPoints: boolean;
  readonly voterIds: VoterIds;
  readonly columns: { readonly voter: number; readonly vote: number; readonly points: number; readonly width: number };
  readonly slip: Slip;
}

export function makeRoom(slip: Slip, length: number): void {
  if (length <= slip.projects.length) return;
  const size = 2 ** Math.ceil(Math.log2(length));
  const projects = new Int32Array(size);
  const points = new Float64Array(size);
  projects.set(slip.projects);
  points.set(slip.points);
  slip.projects = projects;
  slip.points = points;
}
