import { randomUUID } from 'node:crypto';
import type { HandleServerError } from '@sveltejs/kit/hooks';

/**
 * Gives a failure a number that the person can quote, and logs where it happened.
 * The message is left out of the log in production: it can quote what somebody typed.
 */
export const reportBug: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return undefined;
  const id = randomUUID().slice(0, 8);
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const frames = (stack ?? '').split('\n').filter((line) => line.trim().startsWith('at '));
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const entry = { level: 'error', id, route: event.route.id, method: event.request.method, name, code, frames };
  console.error(JSON.stringify(import.meta.env.DEV ? { ...entry, message } : entry));
  return { message: 'Internal error', id };
};
