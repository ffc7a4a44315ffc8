import { defineConfig } from 'vitest/config';

/** Journeys in a real browser, against the built site. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['**/*.e2e.ts'],
    globalSetup: ['./setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 200_000,
    // One site and one browser; two pages at once, since a page waits for the network as much as it works.
    fileParallelism: false,
    maxConcurrency: 2
  }
});
