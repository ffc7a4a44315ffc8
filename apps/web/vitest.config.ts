import { defineConfig } from 'vitest/config';

/** The rules of the site that need neither a browser nor a database. */
export default defineConfig({ test: { include: ['src/**/*.test.ts'] } });
