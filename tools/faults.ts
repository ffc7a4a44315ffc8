import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { holdDataDirectory } from '../packages/database/src/data-directory.ts';
import { openEmbedded } from '../packages/database/src/engine.ts';
import { migrate } from '../packages/database/src/migrate.ts';

/*
 * What may happen to the embedded database: the process killed in the middle of writes, the disk full. An answer that
 * was given must still be true afterwards. `node tools/faults.ts --kills 100` prints `N passed, N failed, N skipped`.
 */
const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' } } });
const WRITER = new URL('./faults/writer.ts', import.meta.url).pathname;
const FULL_DISK_MEGABYTES = 160;

const folder = mkdtempSync(join(tmpdir(), 'terreau-faults-'));
const tally = { passed: 0, failed: 0, skipped: 0 };
try {
  await killUnderWrites(Number(values.kills));
  await fillTheDisk();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed > 0 ? 1 : 0;

async function killUnderWrites(kills: number): Promise<void> {
  const data = join(folder, 'killed');
  const acknowledged = new Set<string>();
  for (let kill = 0; kill < kills; kill += 1) {
    const writer = startWriter(data);
    for await (const line of createInterface({ input: writer.stdout! })) {
      acknowledged.add(line);
      // Killed at a different moment each time, always in the middle of a stream of writes.
      if (acknowledged.size % 97 === (kill * 13) % 97) writer.kill('SIGKILL');
    }
  }
  const lost = await missing(data, acknowledged);
  say(
    lost === 0 && acknowledged.size > kills,
    `killed ${kills} times under writes: ${acknowledged.size} acknowledged, ${lost} lost`
  );
}

async function fillTheDisk(): Promise<void> {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${FULL_DISK_MEGABYTES}M`, 'tmpfs', disk]);
  if (mounted.status !== 0) {
    tally.skipped += 1;
    console.log('skipped: a full disk cannot be made here (mounting a small one needs to be root)');
    return;
  }
  try {
    const data = join(disk, 'data');
    const first = startWriter(data);
    const acknowledged = new Set<string>();
    let code: number | null = null;
    first.once('exit', (exit) => (code = exit));
    for await (const line of createInterface({ input: first.stdout! })) {
      acknowledged.add(line);
      if (acknowledged.size === 50) spawnSync('sh', ['-c', `cat /dev/zero > ${join(disk, 'ballast')}`]);
    }
    rmSync(join(disk, 'ballast'), { force: true });
    const lost = await missing(data, acknowledged);
    say(
      lost === 0 && code !== 0,
      `disk full: the writer stopped with an error after ${acknowledged.size} acknowledged writes, ${lost} lost`
    );
  } finally {
    spawnSync('umount', [disk]);
  }
}

/** How many of the acknowledged rows are not there when the data is opened again. */
async function missing(data: string, acknowledged: ReadonlySet<string>): Promise<number> {
  const directory = await holdDataDirectory(data);
  const engine = await openEmbedded(directory.database);
  await migrate(engine);
  const rows = await engine.db.selectFrom('rate_limit').select('key').execute();
  await engine.close();
  directory.release();
  const kept = new Set(rows.map(({ key }) => key));
  return [...acknowledged].filter((key) => !kept.has(key)).length;
}

function startWriter(data: string): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WRITER, data], {
    stdio: ['ignore', 'pipe', 'ignore']
  });
}

function say(isRight: boolean, sentence: string): void {
  tally[isRight ? 'passed' : 'failed'] += 1;
  console.log(`${isRight ? '✓' : '✗'} ${sentence}`);
}
