import { votersOf, type Election } from '../election.ts';
import { add, floor, rational, ZERO, type Rational } from '../exact/rational.ts';
import { isWanted, supportOf, type Support, type Utility } from '../support.ts';
import { createEngine, type EqualSharesEngine, type Run } from './equal-shares.ts';
import { greedy, type Sequence } from './greedy.ts';

/** What is done with the money that Equal Shares leaves: see the README's table. */
export const COMPLETIONS = ['none', 'util', 'add1p', 'add1p+util', 'add1', 'add1ei', 'add1ei+util', 'add1i'] as const;
export type Completion = (typeof COMPLETIONS)[number];

export interface Completed {
  /** The run that counts: for Add1, the last one that did not overspend. */
  readonly run: Run;
  /** How many times one unit of currency was added to every voter's share; null without Add1. */
  readonly steps: number | null;
  /** What the final greedy step added, in its order. */
  readonly added: readonly number[];
  /** Rounds with an exact tie in the runs behind this outcome (a run that stands for later ones counts once) and in the greedy step. */
  readonly ties: number;
  /** Why no more was added to the shares: the next step overspends, nothing more fits, or all that is wanted is bought. */
  readonly stop: 'share' | 'all fits' | 'overspend' | 'exhausted' | 'satisfied';
  /** The run that overspent, where that is what ended it. */
  readonly nextRun: Run | null;
}

/** Runs of one engine, remembered: the completions of one rule share their chains of increments. */
export interface CompletionDesk {
  readonly complete: (completion: Completion) => Completed;
  /**
   * The number of ties as published reference outcomes give it, so that files can be compared: for Add1 those of the
   * whole chain of increments up to the overspending one, whichever stop is used; none where a greedy step decides last.
   */
  readonly publishedTies: (completion: Completion) => number;
}

/** A chain of increments needed more runs than it was allowed. Nothing is wrong with the election: it only takes long. */
export class ChainTooLong extends Error {}

/** `mostRuns`: after so many runs of one chain a ChainTooLong is thrown; no limit unless told. */
export function openCompletionDesk(
  election: Election,
  utility: Utility,
  ranks: Int32Array,
  mostRuns = Infinity
): CompletionDesk {
  const engine = createEngine(supportOf(election, utility), ranks);
  const share = votersOf(election) === 0 ? ZERO : rational(election.budget, BigInt(votersOf(election)));
  const unit = 10n ** BigInt(election.moneyScale);
  const allFits = election.projects.reduce((sum, project) => sum + project.cost, 0n) <= election.budget;
  const chains = new Map<boolean, Chain>();
  const finish = (partial: Finished, withGreedy: boolean): Completed => {
    const last = withGreedy ? greedyRest(election, utility, ranks, partial.run) : { order: [], ties: 0 };
    return { ...partial, added: last.order, ties: partial.ties + last.ties };
  };
  const atShare = (): Finished => {
    const run = engine.run(share, { limit: election.budget });
    return { run, steps: null, ties: run.ties, stop: 'share', nextRun: null };
  };
  const chainFrom = (whole: boolean): Chain => {
    const known =
      chains.get(whole) ??
      openChain(engine, whole ? rational(floor(share) - mod(floor(share), unit)) : share, election, utility, mostRuns);
    chains.set(whole, known);
    return known;
  };
  const desk: CompletionDesk = {
    publishedTies: (completion) => {
      if (completion.endsWith('util')) return 0;
      return completion === 'none'
        ? desk.complete('none').ties
        : desk.complete(completion === 'add1ei' || completion === 'add1i' ? 'add1i' : 'add1').ties;
    },
    complete: (completion) => {
      const [base, ...rest] = completion.split('+');
      if (base === 'none' || base === 'util') return finish(atShare(), base === 'util');
      // Where everything can be had together the shares are left as they are.
      if (base !== 'add1p' && allFits) return finish({ ...atShare(), steps: 0, stop: 'all fits' }, rest.length > 0);
      return finish(
        chainFrom(base === 'add1ei' || base === 'add1i').until(STOPS[base as keyof typeof STOPS]),
        rest.length > 0
      );
    }
  };
  return desk;
}

type Finished = Omit<Completed, 'added'>;
const STOP_KINDS = ['never', 'nothing supported fits', 'nothing fits'] as const;
type Stop = (typeof STOP_KINDS)[number];

const STOPS = {
  add1: 'never',
  add1i: 'never',
  add1p: 'nothing supported fits',
  add1ei: 'nothing fits'
} as const satisfies Record<string, Stop>;

const mod = (a: bigint, b: bigint): bigint => ((a % b) + b) % b;

interface Chain {
  readonly until: (stop: Stop) => Finished;
}

interface Link {
  readonly run: Run;
  readonly steps: number;
  /** Rounds with an exact tie in the runs before this one. */
  readonly tiesBefore: number;
}

/**
 * Runs with the endowment raised by one unit of currency at a time. Where a run proves that the next ones are the same
 * (see horizon.ts) they are not computed: the link stands for all of them. Looking ahead makes a run dearer, and where
 * the shares are small one unit changes them too much: it is done for larger shares and in long chains, as long as it
 * pays, and then wherever there is a tie, so that the ties counted do not depend on the pace.
 */
function openChain(
  engine: EqualSharesEngine,
  first: Rational,
  election: Election,
  utility: Utility,
  mostRuns: number
): Chain {
  const found = new Map<Stop, Finished>();
  const support = supportOf(election, utility);
  const runner = createRunner(engine, first, election);
  let link: Link = { run: runner.runAt(0), steps: 0, tiesBefore: 0 };
  let runs = 1;

  function until(stop: Stop): Finished {
    for (;;) {
      noteStops();
      const finished = found.get(stop);
      if (finished !== undefined) return finished;
      advance();
    }
  }

  function noteStops(): void {
    const reasons = stopsOf(election, support, link.run);
    for (const stop of STOP_KINDS) {
      const reason = found.has(stop) ? null : reasons[stop];
      if (reason !== null)
        found.set(stop, {
          run: link.run,
          steps: link.steps,
          ties: link.tiesBefore + link.run.ties,
          stop: reason,
          nextRun: null
        });
    }
  }

  function advance(): void {
    if (++runs > mostRuns) throw new ChainTooLong(`Add1 needs more than ${mostRuns} runs here`);
    const steps = link.steps + link.run.sameFor;
    // A project whose cost is beyond all money there is, say.
    if (steps >= Number.MAX_SAFE_INTEGER) throw new ChainTooLong('Add1 needs more increments here than can be counted');
    const tiesBefore = link.tiesBefore + link.run.ties;
    const run = runner.runAt(steps + 1);
    if (run.overspent) {
      const last: Finished = {
        run: runner.lastOf(link.run, link.steps),
        steps,
        ties: tiesBefore + run.ties,
        stop: 'overspend',
        nextRun: run
      };
      for (const stop of STOP_KINDS) if (!found.has(stop)) found.set(stop, last);
    }
    link = { run, steps: steps + 1, tiesBefore };
  }

  return { until };
}

interface Runner {
  readonly runAt: (steps: number) => Run;
  /** The last of the runs that a run at `steps` stands for, at its own endowment. */
  readonly lastOf: (run: Run, steps: number) => Run;
}

function createRunner(engine: EqualSharesEngine, first: Rational, election: Election): Runner {
  const unit = 10n ** BigInt(election.moneyScale);
  const limit = election.budget;
  const pace = createPace();
  const hasLargeShare = first.num >= first.den * unit * LARGE_SHARE;
  const endowmentAt = (steps: number): Rational => add(first, rational(BigInt(steps) * unit));
  let wasTied = false;
  const looking = (steps: number): Run => engine.run(endowmentAt(steps), { limit, step: unit });

  function runAt(steps: number): Run {
    const mayLook = hasLargeShare || steps >= LONG_CHAIN;
    // A tied run is looked at in any case, and ties mostly last.
    const looksNow = mayLook && (wasTied || pace.lookAhead());
    let run = looksNow ? looking(steps) : engine.run(endowmentAt(steps), { limit });
    if (!looksNow && mayLook && run.ties > 0) run = looking(steps);
    if (mayLook) pace.note(run.sameFor);
    wasTied = run.ties > 0;
    return run;
  }

  const lastOf = (run: Run, steps: number): Run =>
    run.sameFor === 0 ? run : engine.run(endowmentAt(steps + run.sameFor), { limit });
  return { runAt, lastOf };
}

/** Why the chain ends with this run, for each stop; null when another unit is to be added. */
function stopsOf(election: Election, support: Support, run: Run): Record<Stop, Finished['stop'] | null> {
  const { projects } = election;
  const left = election.budget - run.spent;
  const isBought = new Uint8Array(projects.length);
  for (const { project } of run.purchases) isBought[project] = 1;
  let isWanting = false;
  let fits = false;
  let wantedFits = false;
  for (let p = 0; p < projects.length; p++) {
    if (isBought[p] === 1) continue;
    const isOpen = isWanted(support, p);
    const hasRoom = projects[p]!.cost <= left;
    isWanting ||= isOpen;
    fits ||= hasRoom;
    wantedFits ||= isOpen && hasRoom;
  }
  const otherwise = isWanting ? null : 'satisfied';
  return {
    never: otherwise,
    'nothing supported fits': wantedFits ? otherwise : 'exhausted',
    'nothing fits': fits ? otherwise : 'exhausted'
  };
}

/** Units of currency in a share from which a chain looks ahead from the start, and steps after which any chain does. */
const LARGE_SHARE = 400n;
const LONG_CHAIN = 1000;

/** Looking ahead after a run that looked no further costs about twice as much again: try ever less often, until it pays. */
function createPace(): { lookAhead: () => boolean; note: (sameFor: number) => void } {
  let wait = 0;
  let patience = 1;
  return {
    lookAhead: () => wait === 0,
    note: (sameFor) => {
      if (wait > 0) wait--;
      else if (sameFor >= LONG_ENOUGH) patience = 1;
      else {
        wait = patience;
        patience = Math.min(patience * 2, MOST_PATIENCE);
      }
    }
  };
}

/** Steps saved that pay for one look ahead. */
const LONG_ENOUGH = 2;
const MOST_PATIENCE = 128;

function greedyRest(election: Election, utility: Utility, ranks: Int32Array, run: Run): Sequence {
  const by = utility === 'borda' || utility === 'points' ? utility : 'cost';
  return greedy(election, by, ranks, { chosen: run.purchases.map((purchase) => purchase.project), spent: run.spent });
}
