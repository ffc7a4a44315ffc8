import { defineConfig } from 'vitest/config';

/**
 * `npx vitest run` runs the tests on the embedded database; `TERREAU_TEST_ENGINE=postgresql npx vitest run`
 * runs the same files on a private PostgreSQL cluster.
 */
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: ['packages/database/src/testing-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000
  }
});
