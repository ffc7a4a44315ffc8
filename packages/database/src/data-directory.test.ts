import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { holdDataDirectory } from './data-directory.ts';

const folder = await mkdtemp(join(tmpdir(), 'terreau-hold-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const HOLDER = join(import.meta.dirname, 'data-directory.ts');

test('a second process on the same data is refused 20 times out of 20, and let in once the first one is killed', async () => {
  const root = join(folder, 'shared');
  const program = join(folder, 'hold.ts');
  await writeFile(
    program,
    `import { holdDataDirectory } from ${JSON.stringify(HOLDER)};
     await holdDataDirectory(${JSON.stringify(root)}); process.send('held'); setInterval(() => {}, 1000);`
  );
  const first = fork(program, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  await new Promise((resolve) => first.once('message', resolve));
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await expect(holdDataDirectory(root)).rejects.toMatchObject({ reason: 'locked' });
  }
  const gone = new Promise((resolve) => first.once('exit', resolve));
  first.kill('SIGKILL');
  await gone;
  (await holdDataDirectory(root)).release();
});

test('data made by another major version is refused and left untouched', async () => {
  const root = join(folder, 'old');
  await mkdir(join(root, 'database'), { recursive: true });
  await writeFile(join(root, 'database', 'PG_VERSION'), '16\n');
  await expect(holdDataDirectory(root)).rejects.toMatchObject({ reason: 'other-version' });
});

test('a place that cannot be written is said in one line', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  await expect(holdDataDirectory(join(file, 'inside'))).rejects.toMatchObject({ reason: 'unwritable' });
});
