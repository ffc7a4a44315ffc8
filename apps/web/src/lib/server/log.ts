import pino from 'pino';

/**
 * Structured logs without personal data: routes and never addresses, ids of requests and never of people, codes and
 * never messages, which can quote what somebody typed. `TERREAU_LOG_LEVEL` (info by default) or `silent`.
 */
const log = pino({
  level: process.env['TERREAU_LOG_LEVEL'] ?? 'info',
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime
});

export interface AnsweredRequest {
  readonly requestId: string;
  /** The route's id, such as `/[territory]/organizations`; null when no route matched. */
  readonly route: string | null;
  readonly method: string;
  readonly status: number;
  readonly milliseconds: number;
}

export function logRequest(request: AnsweredRequest): void {
  log.info(request, 'request');
}

/** Says where a failure happened, by name, code and stack frames. */
export function logFailure(what: string, error: unknown, details: Readonly<Record<string, string | null>> = {}): void {
  const { name, stack } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const frames = (stack ?? '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .map((line) => line.trim());
  log.error({ what, ...details, name, code, frames }, 'failure');
}
