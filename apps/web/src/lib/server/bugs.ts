import { randomUUID } from 'node:crypto';
import type { HandleServerError } from '@sveltejs/kit/hooks';
import { logFailure } from './log.ts';
import { metrics } from './metrics.ts';

/** Gives a failure a number that the person can quote, and logs where it happened. */
export const reportBug: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return undefined;
  const id = randomUUID().slice(0, 8);
  logFailure('page', error, {
    id,
    route: event.route.id,
    method: event.request.method,
    requestId: event.locals.requestId
  });
  metrics().failures.inc({ route: event.route.id ?? 'none' });
  return { message: 'Internal error', id };
};
