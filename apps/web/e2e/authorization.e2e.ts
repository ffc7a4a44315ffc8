import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const LIMIT_MILLISECONDS = 15 * 60_000;
const SAID_MAX_BYTES = 64 * 1024 * 1024;

test(
  'every route is declared, and each kind of person reaches what the manifest says and nothing else',
  () => {
    const script = join(import.meta.dirname, 'authorization/matrix.ts');
    // A line for each of thousands of requests would fill the pipe, and hide what matters.
    const { stdout, stderr, status, error } = spawnSync(process.execPath, [script], {
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
      timeout: LIMIT_MILLISECONDS,
      maxBuffer: SAID_MAX_BYTES,
      env: { ...process.env, TERREAU_LOG_LEVEL: 'error' }
    });
    const said = stdout.split('\n').filter((line) => line !== '');
    console.log(said.slice(-40).join('\n'));
    expect(error).toBeUndefined();
    expect(stderr.split('\n').filter((line) => /Error/.test(line))).toEqual([]);
    expect(said.at(-1)).toMatch(/^\d{3,} cells, 0 unexpected/);
    expect(status).toBe(0);
  },
  LIMIT_MILLISECONDS
);
