import { defineConfig } from 'vitest/config';

/** Journeys in a real browser, against the built site. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['**/*.e2e.ts'],
    globalSetup: ['./site.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser at a time: a page's weight and time are measured.
    fileParallelism: false
  }
});
