import { readFileSync } from 'node:fs';
import { readPabulib } from '../../packages/equal-shares/src/pabulib/reader.ts';
import { openCompletionDesk, type Completion } from '../../packages/equal-shares/src/rules/completions.ts';
import { phragmen } from '../../packages/equal-shares/src/rules/phragmen.ts';
import { tieRanks } from '../../packages/equal-shares/src/ties.ts';
import { naiveEqualShares } from './naive.ts';

/**
 * One measurement in a process of its own: reads a file once, then computes one rule. Prints JSON with wall and CPU
 * time of both, and the peak memory of the whole process. The first computation counts: nothing is warmed up.
 */
const [path, rule] = process.argv.slice(2) as [string, string];
const bytes = readFileSync(path);

const timed = <T>(work: () => T): { value: T; ms: number; cpuMs: number } => {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const value = work();
  const used = process.cpuUsage(cpu);
  return { value, ms: performance.now() - started, cpuMs: (used.user + used.system) / 1000 };
};

interface Counted {
  readonly order: readonly number[];
  readonly steps: number | null;
}

const read = timed(() => readPabulib(bytes, { tolerate: ['counts', 'limits'] }).election);
const election = read.value;
// The turning of ballots into supporters falls within the time of the rule, for each of them.
const done = timed((): Counted => {
  if (rule === 'naive none') return naiveEqualShares(election, 'none');
  if (rule === 'naive add1') return naiveEqualShares(election, 'add1');
  const ranks = tieRanks(election, 'lex');
  if (rule === 'phragmen') return { order: phragmen(election, ranks, { skip: false }).order, steps: null };
  const { run, steps } = openCompletionDesk(election, 'cost', ranks).complete(rule as Completion);
  return { order: run.purchases.map((purchase) => purchase.project), steps };
});
console.log(
  JSON.stringify({
    voters: election.ballots.groupOf.length,
    projects: election.projects.length,
    groups: election.ballots.groups,
    megabytes: bytes.length / 1e6,
    readMs: read.ms,
    readCpuMs: read.cpuMs,
    ruleMs: done.ms,
    ruleCpuMs: done.cpuMs,
    peakMb: process.resourceUsage().maxRSS / 1024,
    bought: done.value.order.length,
    steps: done.value.steps,
    order: done.value.order.map((p) => election.projects[p]!.id).join(' ')
  })
);
