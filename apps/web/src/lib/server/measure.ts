import { newId } from '@terreau/kernel/ids';
import type { Handle } from '@sveltejs/kit/hooks';
import { logRequest } from './log.ts';
import { metrics } from './metrics.ts';

/** Times each answer, for the logs and the figures. Files of the site itself are left out. */
export const measure: Handle = async ({ event, resolve }) => {
  const started = performance.now();
  event.locals.requestId = newId();
  const response = await resolve(event);
  const milliseconds = Math.round(performance.now() - started);
  const { route, request } = event;
  if (!route.id?.startsWith('/healthz') && !route.id?.startsWith('/readyz')) {
    logRequest({
      requestId: event.locals.requestId,
      route: route.id,
      method: request.method,
      status: response.status,
      milliseconds
    });
  }
  metrics().requests.observe(
    { route: route.id ?? 'none', method: request.method, status: response.status },
    milliseconds / 1000
  );
  return response;
};
