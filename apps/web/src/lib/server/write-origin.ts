import type { Handle } from '@sveltejs/kit/hooks';
import { m } from '#texts/messages.js';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses every write that another site could have triggered in somebody's browser. */
export const checkWriteOrigin: Handle = ({ event, resolve }) => {
  const { request, url } = event;
  const allowed = mayWrite({
    method: request.method,
    path: url.pathname,
    ownOrigin: url.origin,
    origin: request.headers.get('origin'),
    fetchSite: request.headers.get('sec-fetch-site'),
    carriesCookies: request.headers.has('cookie')
  });
  if (allowed) return resolve(event);
  return new Response(m.error_foreign_write(), {
    status: 403,
    headers: { 'content-type': 'text/plain; charset=utf-8' }
  });
};

/** The button that a mailbox shows beside a message (RFC 8058): its server sends the form, from no page. */
const ONE_CLICK = /^\/unsubscribe\/[^/]+\/one-click$/;

/**
 * Whether a request may change something. A browser always says where a write comes from; a program
 * that uses the API says nothing, and is let through as long as it carries no cookie to borrow.
 */
export function mayWrite(request: {
  method: string;
  path: string;
  ownOrigin: string;
  origin: string | null;
  fetchSite: string | null;
  carriesCookies: boolean;
}): boolean {
  if (readingMethods.has(request.method)) return true;
  if (request.fetchSite !== null && request.fetchSite !== 'same-origin' && request.fetchSite !== 'none') return false;
  if (request.origin !== null) return request.origin === request.ownOrigin;
  return (request.path.startsWith('/api/') || ONE_CLICK.test(request.path)) && !request.carriesCookies;
}
