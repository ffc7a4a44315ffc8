import { match } from '../../packages/matching/src/match.ts';
import { SupportIndex } from '../../packages/matching/src/support-index.ts';
import { WEIGHTS } from '../../packages/matching/src/weights.ts';
import { circumstances, latency } from '../search/measures.ts';
import { generateAskers, generateSupports, TODAY } from './generated-supports.ts';

const QUERIES = 400;
/** The whole list is asked less often: it only shows what the index saves. */
const WHOLE_QUERIES = 20;

/** What a project's suggestions cost in process, without a database, for catalogues of each size. */
export function measureInProcess(sizes: readonly number[]) {
  return { queries: QUERIES, sizes: sizes.map(measureSize), ...circumstances() };
}

function measureSize(supports: number) {
  const catalogue = generateSupports(supports);
  const askers = generateAskers(QUERIES);
  const before = process.memoryUsage().heapUsed;
  const started = performance.now();
  const index = new SupportIndex(catalogue);
  const built = performance.now();
  const heapMb = Math.round((process.memoryUsage().heapUsed - before) / 2 ** 20);
  for (const asker of askers.slice(0, 40)) index.match(asker, WEIGHTS, TODAY);
  const cpuBefore = process.cpuUsage();
  const answers = askers.map((asker) => timed(() => index.match(asker, WEIGHTS, TODAY)));
  const cpu = process.cpuUsage(cpuBefore);
  const whole = askers.slice(0, WHOLE_QUERIES).map((asker) => timed(() => match(asker, catalogue, WEIGHTS, TODAY)));
  return {
    supports,
    index_built_ms: Math.round(built - started),
    index_heap_mb: heapMb,
    indexed: {
      ...latency(answers.map((answer) => answer.ms)),
      // Processor time alone: on a busy machine wall time says little.
      cpu: latency(answers.map((answer) => answer.cpuMs)),
      cpu_ms_per_query: Math.round((cpu.user + cpu.system) / QUERIES / 10) / 100
    },
    whole_list: latency(whole.map((answer) => answer.ms)),
    same_answers: whole.every((answer, i) => JSON.stringify(answer.value) === JSON.stringify(answers[i]!.value)),
    suggestions_per_query: mean(answers.map((answer) => answer.value.suggestions.length)),
    near_misses_per_query: mean(answers.map((answer) => answer.value.nearMisses.length)),
    without_suggestion: answers.filter((answer) => answer.value.suggestions.length === 0).length
  };
}

function timed<Value>(run: () => Value): { readonly ms: number; readonly cpuMs: number; readonly value: Value } {
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const value = run();
  const ms = performance.now() - started;
  const cpu = process.cpuUsage(cpuBefore);
  return { ms, cpuMs: (cpu.user + cpu.system) / 1000, value };
}

function mean(values: readonly number[]): number {
  return Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10) / 10;
}
