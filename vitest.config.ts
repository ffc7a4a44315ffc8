import { defineConfig } from 'vitest/config';

/**
 * `npx vitest run` runs the tests on the embedded database; `TERREAU_TEST_ENGINE=postgresql npx vitest run`
 * runs the same files on a private PostgreSQL cluster.
 */
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: ['packages/database/src/testing-setup.ts'],
    // Each file has a database of its own and keeps nothing in its modules, so that the files of a worker share what
    // they import: a third of the time of a run was spent importing the same modules again.
    isolate: false,
    // The machine's other core waits for nothing else.
    maxWorkers: '100%',
    // On a machine that does other things as well, what takes ten seconds alone takes forty.
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
});
