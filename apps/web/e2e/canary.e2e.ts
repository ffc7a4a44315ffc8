import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const LIMIT_MILLISECONDS = 20 * 60_000;
const SAID_MAX_BYTES = 64 * 1024 * 1024;

test(
  'nothing of a dossier is seen outside of its circle, which does see it; each read is in its journal',
  () => {
    const script = join(import.meta.dirname, 'authorization/canary.ts');
    const { stdout, status, error } = spawnSync(process.execPath, [script], {
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
      timeout: LIMIT_MILLISECONDS,
      maxBuffer: SAID_MAX_BYTES,
      env: { ...process.env, TERREAU_LOG_LEVEL: 'info' }
    });
    const said = stdout.split('\n').filter((line) => line !== '');
    console.log(said.slice(-40).join('\n'));
    expect(error).toBeUndefined();
    expect(said.at(-1)).toMatch(/^\d{3,} answers, 0 canaries seen by strangers .*, 200 reads journalled of 200$/);
    // What the site wrote in its log, at each request: no word of a dossier.
    expect(said.filter((line) => /zqx[0-9a-f]{12}q/.test(line))).toEqual([]);
    expect(status).toBe(0);
  },
  LIMIT_MILLISECONDS
);
