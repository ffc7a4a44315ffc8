import { version } from '$app/env';
import { Safe } from '#lib/islands/safe.ts';
import { sendWaiting } from '#lib/islands/send-waiting.ts';

/*
 * For whoever writes notes, below `/<territory>/dossiers` alone: when the network fails, the shell of the notes opens
 * instead of the browser's error. The shell is the page that a stranger gets (asked for without cookies) and its style,
 * script and font: nothing private is ever put into the cache. Notes themselves are in the safe; where the browser can,
 * they are sent when the network returns although no page is open.
 */

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetched extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Extendable {
  readonly data: { readonly shell?: string; readonly language?: string };
}
interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'sync', listener: (event: Extendable & { readonly tag: string }) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetched) => void): void;
  addEventListener(type: 'message', listener: (event: Told) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const worker = globalThis as unknown as Worker;
const PREFIX = 'notes-shell-';
const CACHE = `${PREFIX}${version}`;
/** A server that is being restarted behind its proxy is no network either. */
const AWAY = new Set([502, 503, 504]);

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));
worker.addEventListener('message', (event) => {
  const { shell, language = 'fr' } = event.data;
  if (shell) event.waitUntil(keepShell(shell, language));
});
worker.addEventListener('sync', (event) => {
  if (event.tag === 'notes') event.waitUntil(sendLater());
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(pageOrShell(request, pathname));
  else if (pathname.startsWith('/_app/immutable/')) event.respondWith(keptOrFetched(request));
});

/** What could not leave makes the browser try again by and by. */
async function sendLater(): Promise<void> {
  if ((await sendWaiting(await Safe.open())) === 'later') throw new Error('no network');
}

async function pageOrShell(request: Request, pathname: string): Promise<Response> {
  const kept = async () => caches.match(shellOf(pathname), { ignoreVary: true });
  try {
    const answer = await fetch(request);
    return (AWAY.has(answer.status) && (await kept())) || answer;
  } catch (error) {
    const shell = await kept();
    if (shell) return shell;
    throw error;
  }
}

async function keptOrFetched(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** `/valbrune/dossiers/…` → `/valbrune/dossiers/waiting-notes` */
function shellOf(pathname: string): string {
  return `/${pathname.split('/')[1]}/dossiers/waiting-notes`;
}

/** The shell of a territory as a stranger gets it, with what it needs to be shown. */
async function keepShell(path: string, language: string): Promise<void> {
  const cache = await caches.open(CACHE);
  const known = await cache.match(path, { ignoreVary: true });
  if (known?.headers.get('content-language') === language) return;
  const answer = await fetch(path, { credentials: 'omit', headers: { 'accept-language': language } });
  if (!answer.ok) return;
  const assets = await assetsOf(await answer.clone().text());
  await cache.addAll(assets);
  const headers = new Headers(answer.headers);
  headers.set('content-language', language);
  headers.delete('content-encoding');
  headers.delete('set-cookie');
  await cache.put(path, new Response(await answer.blob(), { headers }));
}

/** The styles and scripts that a page names, and the fonts that its styles name. */
async function assetsOf(html: string): Promise<string[]> {
  const named = [...html.matchAll(/(?:href|src)="(\/_app\/immutable\/[^"]+)"/g)].map((match) => match[1]!);
  const styles = named.filter((path) => path.endsWith('.css'));
  const fonts = await Promise.all(
    styles.map(async (path) => {
      const css = await (await fetch(path)).text();
      const urls = [...css.matchAll(/url\(["']?([^)"']+\.woff2)["']?\)/g)].map((match) => match[1]!);
      return urls.map((url) => new URL(url, new URL(path, location.origin)).pathname);
    })
  );
  return [...new Set([...named, ...fonts.flat()])];
}

/** A new version of the site: its shells replace those of the former one. */
async function takeOver(): Promise<void> {
  const former = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  for (const name of former) {
    for (const request of await (await caches.open(name)).keys()) {
      const { pathname } = new URL(request.url);
      if (!pathname.endsWith('/waiting-notes')) continue;
      const language = (await caches.match(request, { ignoreVary: true }))?.headers.get('content-language') ?? 'fr';
      await keepShell(pathname, language).catch(() => undefined);
    }
    await caches.delete(name);
  }
  await worker.clients.claim();
}
