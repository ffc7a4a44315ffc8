import type { Handle } from '@sveltejs/kit/hooks';

const compressible =
  /^(text\/(?!event-stream)|application\/(json|geo\+json|problem\+json|xml|manifest\+json)|image\/svg)/;
const SMALLEST_WORTH_COMPRESSING_BYTES = 1024;

/** Compresses what the server writes; files built ahead are already stored compressed. */
export const compress: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  const { headers } = response;
  const known = Number(headers.get('content-length') ?? Number.POSITIVE_INFINITY);
  if (
    !response.body ||
    known < SMALLEST_WORTH_COMPRESSING_BYTES ||
    headers.has('content-encoding') ||
    !compressible.test(headers.get('content-type') ?? '') ||
    !/\bgzip\b/.test(event.request.headers.get('accept-encoding') ?? '')
  ) {
    return response;
  }
  headers.set('content-encoding', 'gzip');
  headers.append('vary', 'accept-encoding');
  headers.delete('content-length');
  // The compressed bytes differ from the plain ones: only the meaning is the same.
  const etag = headers.get('etag');
  if (etag?.startsWith('"')) headers.set('etag', `W/${etag}`);
  return new Response(response.body.pipeThrough(new CompressionStream('gzip')), response);
};
