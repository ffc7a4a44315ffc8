import { createHash } from 'node:crypto';
import type { Tx } from '@terreau/database/transaction';
import type { Instant } from '@terreau/kernel/instants';
import type { Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { checkHits, networkOf, type RateLimit } from '../accounts/rate-limit.rules.ts';

/** Counts one attempt from a network address inside the caller's transaction; a refusal there forgets the count. */
export async function countHit(
  tx: Tx,
  now: Instant,
  limit: RateLimit,
  address: string
): Promise<Verdict<undefined, 'too-many-attempts'>> {
  const key = `${limit.name}:${createHash('sha256').update(networkOf(address)).digest('base64url')}`;
  const oldest = new Date(now.getTime() - limit.minutes * 60_000);
  const { hits, window_started_at } = await tx
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
  return checkHits(limit, hits, window_started_at, now);
}
