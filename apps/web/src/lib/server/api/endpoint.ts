import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RequestEvent, RequestHandler } from '@sveltejs/kit';
import { VISITOR, type Context } from '@terreau/database/context';
import { countRequest, type RequestAllowance } from '@terreau/features/accounts/count-request.command';
import type { z } from 'zod';
import { reportBug } from '#lib/server/bugs.ts';
import { chooseMedia, type MediaType } from './accept.ts';
import { Problem, problemBody, problemOfParameters, PROBLEMS } from './problems.ts';

/** What an endpoint was asked, read and checked. */
export interface Asked<Query> {
  readonly query: Query;
  /** Whoever asks is a visitor: an account sees no more through this door. */
  readonly ctx: Context;
  readonly media: MediaType;
  readonly params: Readonly<Partial<Record<string, string>>>;
  readonly origin: string;
}

/** What it answers: a body with the cursor of the page after, a refusal, or another address of this interface. */
export type Answer = { readonly body: unknown; readonly next?: string | null } | { readonly movedTo: string } | Problem;

export interface Endpoint<Query extends z.ZodType> {
  readonly query: Query;
  readonly media?: readonly MediaType[];
  answer(asked: Asked<z.output<Query>>): Promise<Answer> | Answer;
}

export interface EndpointHandlers {
  readonly GET: RequestHandler;
  readonly OPTIONS: RequestHandler;
  readonly fallback: RequestHandler;
}

const SHARED_SECONDS = 60;
const PREFLIGHT_SECONDS = 86_400;
const SMALLEST_WORTH_COMPRESSING_BYTES = 1024;
const compressed = promisify(gzip);

/**
 * The handlers of one address: counts the request, chooses the media type, reads the parameters, answers with a strong
 * ETag per encoding, or with a problem. Everything can be read from any site.
 */
export function openEndpoint<Query extends z.ZodType>(endpoint: Endpoint<Query>): EndpointHandlers {
  return {
    GET: (event) => counted(event, () => get(event, endpoint)),
    OPTIONS: () => new Response(null, { status: 204, headers: { ...CROSS_ORIGIN, ...PREFLIGHT } }),
    fallback: (event) =>
      counted(event, () => problemResponse(event, new Problem('method-not-allowed'), { allow: ALLOWED }))
  };
}

/** Every other address under the interface. */
export const unknownAddress: RequestHandler = (event) =>
  event.request.method === 'OPTIONS'
    ? new Response(null, { status: 204, headers: { ...CROSS_ORIGIN, ...PREFLIGHT } })
    : counted(event, () => problemResponse(event, new Problem('unknown-address')));

const ALLOWED = 'GET, HEAD, OPTIONS';
const PREFLIGHT = {
  allow: ALLOWED,
  'access-control-allow-methods': ALLOWED,
  'access-control-allow-headers': 'accept, accept-language, if-none-match',
  'access-control-max-age': String(PREFLIGHT_SECONDS)
};
const CROSS_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag, link, ratelimit, ratelimit-policy, retry-after'
};

async function counted(event: RequestEvent, answer: () => Promise<Response> | Response): Promise<Response> {
  const { engine, now } = event.locals.context;
  const allowance = await countRequest(engine, now, event.getClientAddress());
  const response = allowance.isAllowed
    ? await answer()
    : problemResponse(event, new Problem('too-many-requests'), { 'retry-after': String(allowance.resetSeconds) });
  for (const [name, value] of Object.entries(limitHeaders(allowance))) response.headers.set(name, value);
  return response;
}

/** The fields of the IETF's draft "RateLimit header fields for HTTP". */
function limitHeaders({ limit, remaining, resetSeconds, windowSeconds }: RequestAllowance): Record<string, string> {
  return {
    'ratelimit-policy': `"address";q=${limit};w=${windowSeconds}`,
    ratelimit: `"address";r=${remaining};t=${resetSeconds}`
  };
}

async function get<Query extends z.ZodType>(event: RequestEvent, endpoint: Endpoint<Query>): Promise<Response> {
  const media = chooseMedia(event.request.headers.get('accept'), endpoint.media ?? ['application/json']);
  if (!media) return problemResponse(event, new Problem('not-acceptable'));
  const read = endpoint.query.safeParse(parametersOf(event.url));
  if (!read.success) return problemResponse(event, problemOfParameters(read.error.issues));
  const { locals, params, url } = event;
  try {
    const ctx = { ...locals.context, actor: VISITOR };
    const answer = await endpoint.answer({ query: read.data, ctx, media, params, origin: url.origin });
    if (answer instanceof Problem) return problemResponse(event, answer);
    if ('movedTo' in answer) {
      return new Response(null, { status: 308, headers: { ...CROSS_ORIGIN, location: answer.movedTo } });
    }
    return await bodyResponse(event, media, answer.body, answer.next ?? null);
  } catch (error) {
    const reported = await reportBug({ kind: 'unknown', error, event });
    return problemResponse(event, new Problem('failure', reported?.id ? { id: reported.id } : {}));
  }
}

/** `lang` is understood on every address of the site; a parameter given twice is one list. */
function parametersOf(url: URL): Record<string, string> {
  const names = [...new Set(url.searchParams.keys())].filter((name) => name !== 'lang');
  return Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name).join(',')]));
}

async function bodyResponse(
  event: RequestEvent,
  media: MediaType,
  body: unknown,
  next: string | null
): Promise<Response> {
  const plain = Buffer.from(JSON.stringify(body));
  const { headers: asked } = event.request;
  const isCompressed =
    plain.length >= SMALLEST_WORTH_COMPRESSING_BYTES && /\bgzip\b/.test(asked.get('accept-encoding') ?? '');
  // Each encoding is a representation of its own, so that the tag may stay strong.
  const etag = `"${createHash('sha256').update(media).update(plain).digest('base64url').slice(0, 27)}${isCompressed ? '-gzip' : ''}"`;
  const headers = new Headers({
    ...CROSS_ORIGIN,
    etag,
    'cache-control': `public, max-age=${SHARED_SECONDS}`,
    vary: 'accept, accept-encoding'
  });
  if (next !== null) headers.set('link', `<${nextAddress(event.url, next)}>; rel="next"`);
  if (isKnown(asked.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  headers.set('content-type', media);
  if (isCompressed) headers.set('content-encoding', 'gzip');
  const sent = isCompressed ? await compressed(plain) : plain;
  headers.set('content-length', String(sent.length));
  return new Response(new Uint8Array(sent), { headers });
}

function nextAddress(url: URL, next: string): string {
  const address = new URL(url);
  address.searchParams.set('after', next);
  return address.href;
}

/** Whether the reader already holds this representation (RFC 9110, 13.1.2: the comparison is weak). */
function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

function problemResponse(event: RequestEvent, problem: Problem, more: Record<string, string> = {}): Response {
  const headers = {
    ...CROSS_ORIGIN,
    'content-type': 'application/problem+json',
    'content-language': event.locals.language,
    'cache-control': 'no-store',
    vary: 'accept, accept-encoding, accept-language',
    ...more
  };
  const { status } = PROBLEMS[problem.code];
  return new Response(JSON.stringify(problemBody(problem, event.url.pathname)), { status, headers });
}
