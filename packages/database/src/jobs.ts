import { PgBoss } from 'pg-boss';
import type { Instant } from '@terreau/kernel/instants';
import type { Engine } from './engine.ts';

/** Work that comes back by itself. It must be safe to run again: a process may die in its middle. */
export interface Job {
  readonly name: string;
  /** Five fields, in UTC: minute, hour, day, month, weekday. */
  readonly cron: string;
  run(now: Instant): Promise<void>;
}

export interface RunningJobs {
  /** Waits for what is under way, then stops. */
  stop(): Promise<void>;
}

const STOP_MILLISECONDS = 10_000;
const EMBEDDED_POLLING_SECONDS = 15;
const SERVER_POLLING_SECONDS = 5;

/**
 * Starts the jobs on the shared clock of the database: however many processes run, each occurrence runs once.
 * `report` hears of failures, which are tried again twice. Creates pg-boss's own schema the first time, so on a
 * server `engine` must be the owner's.
 */
export async function startJobs(
  engine: Engine,
  jobs: readonly Job[],
  report: (job: string, error: unknown) => void
): Promise<RunningJobs> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => engine.pool.query(text, values as unknown[]) },
    schema: 'pgboss'
  });
  boss.on('error', (error) => report('pg-boss', error));
  await boss.start();
  const pollingIntervalSeconds = engine.kind === 'embedded' ? EMBEDDED_POLLING_SECONDS : SERVER_POLLING_SECONDS;
  for (const job of jobs) {
    await boss.createQueue(job.name, { retryLimit: 2, retryBackoff: true, policy: 'stately' });
    await boss.schedule(job.name, job.cron, null, { tz: 'UTC' });
    await boss.work(job.name, { pollingIntervalSeconds }, async () => {
      try {
        await job.run(new Date());
      } catch (error) {
        report(job.name, error);
        throw error;
      }
    });
  }
  return { stop: () => boss.stop({ graceful: true, timeout: STOP_MILLISECONDS }) };
}
