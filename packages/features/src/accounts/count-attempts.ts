import { createHash } from 'node:crypto';
import type { Engine } from '@terreau/database/engine';
import type { Instant } from '@terreau/kernel/instants';
import { accept, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { checkHits, type Counted, type RateLimit } from './rate-limit.rules.ts';

/**
 * Counts one attempt against each limit, in the database that all processes share, and says whether all still hold.
 * Each count is one atomic statement of its own: an attempt that is refused afterwards has been counted all the same.
 */
export async function countAttempts(
  engine: Engine,
  now: Instant,
  counted: readonly Counted[]
): Promise<Verdict<undefined, 'too-many-attempts'>> {
  let worst: Verdict<undefined, 'too-many-attempts'> = accept();
  for (const { limit, who } of counted) {
    const { hits, window_started_at } = await countHit(engine, now, limit, who);
    const verdict = checkHits(limit, hits, window_started_at, now);
    if (!verdict.ok) worst = verdict;
  }
  return worst;
}

/** Counts one hit, atomically: how many there are in the window, and when it began. */
export async function countHit(engine: Engine, now: Instant, limit: RateLimit, who: string) {
  const key = `${limit.name}:${digest(who)}`;
  const oldest = new Date(now.getTime() - limit.minutes * 60_000);
  return engine.db
    .insertInto('rate_limit')
    .values({ key, hits: 1, window_started_at: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        hits: sql<number>`case when rate_limit.window_started_at <= ${oldest} then 1 else rate_limit.hits + 1 end`,
        window_started_at: sql<Date>`case when rate_limit.window_started_at <= ${oldest} then ${now}
                                          else rate_limit.window_started_at end`
      })
    )
    .returning(['hits', 'window_started_at'])
    .executeTakeFirstOrThrow();
}

/** The table holds no e-mail address and no network address, only their digests. */
function digest(who: string): string {
  return createHash('sha256').update(who).digest('base64url');
}
