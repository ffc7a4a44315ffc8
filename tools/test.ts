import { quickChecks } from './checks.ts';
import { prepareMachine } from './machine.ts';
import { close, countPlain, countVitest, runStep, type StepResult } from './steps.ts';

/*
 * `npm test`: every check and every test. Installs Chromium and PostgreSQL where it may, and says plainly what it
 * skipped where it may not. The last line counts.
 */
const machine = prepareMachine();
const results: StepResult[] = await quickChecks({ long: true });
if (machine.postgresql) {
  results.push(
    await runStep('tests, PostgreSQL', ['vitest', 'run', 'packages/database', 'packages/features'], {
      env: { TERREAU_TEST_ENGINE: 'postgresql', TERREAU_POSTGRESQL_BIN: machine.postgresql },
      count: countVitest
    })
  );
}
results.push(
  await runStep('faults: killed under writes, disk full', ['node', 'tools/faults.ts', '--kills', '10'], {
    count: countPlain
  })
);
results.push(await runStep('build', ['npm', 'run', '--silent', 'build', '--workspace', '@terreau/web']));
if (machine.chromium) {
  results.push(
    await runStep('pages in Chromium', ['vitest', 'run', '--config', 'e2e/vitest.config.ts'], {
      cwd: 'apps/web',
      env: { CHROMIUM_PATH: machine.chromium },
      count: countVitest
    })
  );
  results.push(
    await runStep('stories in Chromium', ['node', 'tools/story/main.ts', 'all', '--built'], {
      env: { CHROMIUM_PATH: machine.chromium },
      count: countPlain
    })
  );
}
for (const sentence of machine.missing) console.log(`Skipped: ${sentence}`);
const absent: StepResult[] = machine.missing.map((name) => ({ name, passed: 0, failed: 0, skipped: 1, seconds: 0 }));
process.exitCode = close([...results, ...absent]);
