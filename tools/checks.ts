import { countVitest, runStep, type StepResult } from './steps.ts';

/** What the checks remember of files that did not change since. */
const CACHE = 'node_modules/.cache/checks';

/**
 * The quick checks, two at a time: the machine has two cores. `long`: with the tests that end in `.long.test.ts`, which
 * play a whole month, wait for a minute, draw a hundred elections, back up a database or read whole files.
 */
export async function quickChecks({ long }: { readonly long: boolean }): Promise<StepResult[]> {
  const first = await inTwos([
    () => runStep('types of pages', ['npm', 'run', '--silent', 'check', '--workspace', '@terreau/web']),
    () =>
      runStep('types', [
        'tsc',
        '--noEmit',
        '-p',
        'tsconfig.json',
        '--incremental',
        '--tsBuildInfoFile',
        `${CACHE}/types`
      ]),
    () => runStep('lint', ['oxlint', '--deny-warnings', 'packages', 'apps', 'tools', 'bench']),
    () => runStep('format', ['prettier', '--check', '--cache', '--cache-location', `${CACHE}/prettier`, '.']),
    () => runStep('database types', ['node', 'tools/schema.ts', '--check'])
  ]);
  // After the first, which writes the types of the routes that these read.
  const second = await inTwos([
    () => runStep('architecture', ['node', 'tools/architecture.ts']),
    () => runStep('dead code', ['knip', '--no-progress'])
  ]);
  const units = await runStep(
    'tests, embedded database',
    ['vitest', 'run', ...(long ? [] : ['--exclude', '**/*.long.test.ts'])],
    {
      count: countVitest
    }
  );
  const pages = await runStep('tests of the web floor', ['npm', 'test', '--silent', '--workspace', '@terreau/web'], {
    count: countVitest
  });
  return [...first, ...second, units, pages];
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
