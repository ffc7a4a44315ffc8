import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const LIMIT_MILLISECONDS = 15 * 60_000;

test(
  'every route is declared, and each kind of person reaches what the manifest says and nothing else',
  () => {
    const script = join(import.meta.dirname, 'authorization/matrix.ts');
    const { stdout, stderr, status } = spawnSync(process.execPath, [script], {
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
      timeout: LIMIT_MILLISECONDS
    });
    const said = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
    console.log(said.slice(-40).join('\n'));
    expect(stderr.split('\n').filter((line) => /Error/.test(line))).toEqual([]);
    expect(stdout).toMatch(/\d{3,} cells, 0 unexpected/);
    expect(status).toBe(0);
  },
  LIMIT_MILLISECONDS
);
