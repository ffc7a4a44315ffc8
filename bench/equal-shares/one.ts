import { readFileSync } from 'node:fs';
import { readPabulib } from '../../packages/equal-shares/src/pabulib/reader.ts';
import { openCompletionDesk, type Completion } from '../../packages/equal-shares/src/rules/completions.ts';
import { phragmen } from '../../packages/equal-shares/src/rules/phragmen.ts';
import { supportOf } from '../../packages/equal-shares/src/support.ts';
import { tieRanks } from '../../packages/equal-shares/src/ties.ts';

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

const read = timed(() => readPabulib(bytes, { tolerate: ['counts', 'limits'] }).election);
const election = read.value;
const done = timed(() => {
  // A fresh copy, so that the side of the projects is worked out within the time of the rule.
  const fresh = { ...election };
  const ranks = tieRanks(fresh, 'lex');
  if (rule === 'phragmen') return phragmen(fresh, ranks, { skip: false }).order.length;
  supportOf(fresh, 'cost');
  return openCompletionDesk(fresh, 'cost', ranks).complete(rule as Completion);
});
const outcome = done.value;
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
    bought: typeof outcome === 'number' ? outcome : outcome.run.purchases.length,
    steps: typeof outcome === 'number' ? null : outcome.steps
  })
);
