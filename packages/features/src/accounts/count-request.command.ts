import type { Engine } from '@terreau/database/engine';
import type { Instant } from '@terreau/kernel/instants';
import { countHit } from './count-attempts.ts';
import { networkOf, REQUESTS_BY_ADDRESS } from './rate-limit.rules.ts';

/** What is left of the limit after this request. */
export interface RequestAllowance {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the count begins again, 1 or more. */
  readonly resetSeconds: number;
  readonly windowSeconds: number;
}

/** Counts one request to the open interface from a network address, in the database that all processes share. */
export async function countRequest(engine: Engine, now: Instant, address: string): Promise<RequestAllowance> {
  const { hits: limit, minutes } = REQUESTS_BY_ADDRESS;
  const { hits, window_started_at } = await countHit(engine, now, REQUESTS_BY_ADDRESS, networkOf(address));
  const windowSeconds = minutes * 60;
  const elapsedSeconds = (now.getTime() - window_started_at.getTime()) / 1000;
  return {
    isAllowed: hits <= limit,
    limit,
    remaining: Math.max(0, limit - hits),
    resetSeconds: Math.max(1, Math.ceil(windowSeconds - elapsedSeconds)),
    windowSeconds
  };
}
