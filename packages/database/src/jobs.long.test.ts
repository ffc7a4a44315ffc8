import { expect, test } from 'vitest';
import { startJobs } from './jobs.ts';
import { ownerDatabase } from './testing.ts';

const engine = await ownerDatabase();

test('a job that comes back every minute runs by itself, and the database stays usable meanwhile', async () => {
  let runs = 0;
  const failures: unknown[] = [];
  const job = { name: 'every-minute', cron: '* * * * *', run: async () => void (runs += 1) };
  const running = await startJobs(engine, [job], (name, error) => failures.push([name, error]));
  expect((await engine.pool.query(`select count(*) from territory`)).rowCount).toBe(1);
  // Rather than wait for the clock, put one occurrence in the queue as the clock would.
  await engine.pool.query(`insert into pgboss.job (name) values ('every-minute')`);
  await expect.poll(() => runs, { timeout: 25_000, interval: 200 }).toBeGreaterThan(0);
  await running.stop();
  expect(failures).toEqual([]);
}, 40_000);
