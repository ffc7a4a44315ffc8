import { countVitest, runStep, type StepResult } from './steps.ts';

/** The quick checks, two at a time: the machine has two cores. */
export async function quickChecks(): Promise<StepResult[]> {
  // First, because it writes the types of the routes, which others read.
  const pageTypes = await runStep('types of pages', ['npm', 'run', '--silent', 'check', '--workspace', '@terreau/web']);
  const first = await inTwos([
    () => runStep('types', ['tsc', '--noEmit', '-p', 'tsconfig.json']),
    () => runStep('lint', ['oxlint', '--deny-warnings', 'packages', 'apps', 'tools', 'bench']),
    () => runStep('format', ['prettier', '--check', '.']),
    () => runStep('architecture', ['node', 'tools/architecture.ts']),
    () => runStep('dead code', ['knip', '--no-progress']),
    () => runStep('database types', ['node', 'tools/schema.ts', '--check'])
  ]);
  const units = await runStep('tests, embedded database', ['vitest', 'run'], { count: countVitest });
  const pages = await runStep('tests of the web floor', ['npm', 'test', '--silent', '--workspace', '@terreau/web'], {
    count: countVitest
  });
  return [pageTypes, ...first, units, pages];
}

async function inTwos(steps: readonly (() => Promise<StepResult>)[]): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const waiting = [...steps];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await step());
  };
  await Promise.all([worker(), worker()]);
  return results;
}
