import { U } from '../exact/rounding.ts';
import type { Support } from '../support.ts';
import type { Payment } from './price-book.ts';
import { raiseBound, type Room } from './room.ts';

/**
 * What earlier runs of the same engine teach the next one, as long as it buys the same projects in the same order.
 *
 * Let two runs have bought the same projects before round k, the later one from an endowment larger by d. Then no voter
 * holds more in the later run than in the earlier one plus `rise(k)`, where rise(0) = max(0, d) and each purchase adds
 * strength × (rate then − rate now) where that is positive: with m ≤ n + rise, max(0, m − now) ≤ max(0, n − then) +
 * rise + max(0, then − now). A bound (cost − S) / A worked out in round k, with W voters behind S (who give all they hold,
 * be it nothing), therefore gives the later run the bound (cost − S − W·rise) / A without a look at its supporters.
 * Rises add up from run to run: `risen[k]` is their sum, so a note keeps its use for many runs.
 */
export interface Recollection {
  /** Before the first round. `isFree` is false where other things than the endowment may decide the run. */
  readonly begin: (endowment: number, isFree: boolean) => void;
  /** At the start of a round: raises the bounds by what was noted in this round of earlier runs. */
  readonly recall: (room: Room, round: number) => void;
  /** At the start of a round whose bounds are all to be worked out anew. */
  readonly pass: (round: number) => void;
  /** In the present round p asks at least value / strength (out of reach: strength 0), while `payers` voters pay in full. */
  readonly note: (p: number, value: number, strength: number, payers: number) => void;
  /** What was bought in this round of the last run, and at which rate; -1 when the two have gone separate ways. */
  readonly expected: () => number;
  readonly expectedRate: () => number;
  readonly noteBought: (payment: Payment) => void;
}

interface Page {
  /** value + voters·risen at the time of the note: a bound is (height − voters·risen now) / strength. */
  readonly height: Float64Array;
  readonly voters: Float64Array;
  readonly strength: Float64Array;
}

/** Most places for notes: rounds × projects. Beyond them a run only remembers its first rounds. */
const MOST_NOTES = 2 ** 20;

export function createRecollection(support: Support): Recollection {
  const projects = support.election.projects.length;
  const mostRounds = Math.floor(MOST_NOTES / Math.max(1, projects));
  const strongest = support.strength === null ? 1 : support.strength.reduce((most, s) => Math.max(most, s), 0);
  const pages: Page[] = [];
  const bought = new Int32Array(projects + 1);
  /** What was paid at most. */
  const rates = new Float64Array(projects + 1);
  const risen = new Float64Array(projects + 1);
  let last = -1;
  /** Rounds that the last run began; pages beyond them are stale. */
  let begun = 0;
  let now = -1;
  let rise = 0;
  let isSame = false;

  function begin(endowment: number, isFree: boolean): void {
    begun = now + 1;
    now = -1;
    isSame = isFree && last >= 0;
    rise = Math.max(0, endowment - last) + 8 * U * (endowment + Math.abs(last));
    last = isFree ? endowment : -1;
  }

  function turn(round: number): void {
    isSame &&= round < begun;
    now = round;
    if (round >= mostRounds) return;
    pages[round] ??= {
      height: new Float64Array(projects),
      voters: new Float64Array(projects),
      strength: new Float64Array(projects)
    };
    // Rounded up, so that the difference of two sums is never below the rises between them.
    if (isSame) risen[round] = (risen[round]! + rise) * (1 + 4 * U);
    else {
      risen[round] = 0;
      pages[round].height.fill(-Infinity);
      pages[round].voters.fill(0);
    }
  }

  function recall(room: Room, round: number): void {
    turn(round);
    if (!isSame || round >= mostRounds) return;
    const { height, voters, strength } = pages[round]!;
    const { bound } = room;
    const up = risen[round]!;
    for (let p = 0; p < projects; p++) {
      if (bound[p] === Infinity) continue;
      const taken = voters[p]! * up;
      const left = height[p]! - taken - 8 * U * (height[p]! + taken);
      if (!(left > 0)) continue;
      if (strength[p] === 0) bound[p] = Infinity;
      else raiseBound(room, p, (left / strength[p]!) * (1 - (support.from[p + 1]! - support.from[p]! + 8) * 4 * U));
    }
  }

  function note(p: number, value: number, strength: number, payers: number): void {
    if (now >= mostRounds) return;
    const page = pages[now]!;
    const givers = support.votes[p]! - payers;
    page.height[p] = value + givers * risen[now]!;
    page.voters[p] = givers;
    page.strength[p] = strength;
  }

  function noteBought({ project, near, error }: Payment): void {
    if (isSame && bought[now] === project)
      rise += strongest * Math.max(0, rates[now]! - (near - error)) * (1 + 8 * U) + 8 * U * (rise + strongest * near);
    else isSame = false;
    bought[now] = project;
    rates[now] = (near + error) * (1 + 4 * U);
  }

  return {
    begin,
    recall,
    pass: turn,
    note,
    expected: () => (isSame && now < mostRounds ? bought[now]! : -1),
    expectedRate: () => rates[now]!,
    noteBought
  };
}
