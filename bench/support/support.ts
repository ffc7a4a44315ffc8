import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { hashPassword } from 'better-auth/crypto';
import { startSite } from '../../apps/web/src/server.ts';
import { openServer, type Engine } from '../../packages/database/src/engine.ts';
import { diskFiles } from '../../packages/database/src/files.ts';
import { clusterUrl, startCluster } from '../../packages/database/src/testing-setup.ts';
import { circumstances, latency } from '../search/measures.ts';
import { plantPortfolio, type Planted } from './generated-dossiers.ts';

/*
 * What a facilitator waits for: their week, the list of their dossiers and the pages of one, through the built site on a
 * private PostgreSQL server. `npm run build -w @terreau/web` first; then `npm run bench:support`. Writes results.json.
 */

const PASSWORD = 'une-phrase-pour-mesurer-7';
const CLIENTS = 10;

const UNPACK: Readonly<Record<string, (bytes: Buffer) => Buffer>> = { br: brotliDecompressSync, gzip: gunzipSync };

const { values } = parseArgs({
  options: {
    dossiers: { type: 'string', default: '500' },
    notes: { type: 'string', default: '20000' },
    colleagues: { type: 'string', default: '5' },
    requests: { type: 'string', default: '200' }
  }
});
const portfolio = {
  dossiers: Number(values.dossiers),
  notes: Number(values.notes),
  colleagues: Number(values.colleagues)
};
const requests = Number(values.requests);

const folder = await mkdtemp(join(tmpdir(), 'terreau-bench-'));
const cluster = await startCluster(folder);
const owner = openServer(clusterUrl(cluster.socketFolder, 'terreau_template', 'terreau_owner'), 2);
const app = openServer(clusterUrl(cluster.socketFolder, 'terreau_template'), 10);
try {
  const started = performance.now();
  const planted = await plantPortfolio(owner, await hashPassword(PASSWORD), portfolio);
  const loadSeconds = Math.round((performance.now() - started) / 100) / 10;
  offerPlatform(app, folder);
  const server = await startSite({ port: 0, host: '127.0.0.1', buildDirectory: 'build' });
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const cookie = await signIn(origin, planted.email);
  const pages = pagesOf(planted);
  const measured = [];
  for (const [page, paths] of Object.entries(pages)) measured.push(await measure(origin, cookie, page, paths));
  const result = {
    ...portfolio,
    dossiers_in_all: portfolio.dossiers * (portfolio.colleagues + 1),
    notes_in_all: portfolio.notes * (portfolio.colleagues + 1),
    load_s: loadSeconds,
    engine: 'postgresql',
    requests_per_page: requests,
    pages: measured,
    ten_clients: await together(origin, cookie, Object.values(pages).flat()),
    private_reads_written: await readsWritten(owner),
    ...circumstances()
  };
  console.log(JSON.stringify(result, null, 2));
  await writeFile(new URL('results.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  server.close();
  server.closeAllConnections();
} finally {
  await app.close();
  await owner.close();
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

/** The built pages find the platform where the server's own code left it. As a demonstration: a team signs in without a second factor. */
function offerPlatform(engine: Engine, dataFolder: string): void {
  const settings = { origin: 'http://localhost:3000', secret: 's'.repeat(40), dataFolder, isDemonstration: true };
  const files = diskFiles(join(dataFolder, 'files'));
  const platform = { engine, settings, files, close: () => engine.close() };
  Object.assign(process.env, { NODE_ENV: 'production' });
  (globalThis as Record<symbol, unknown>)[Symbol.for('terreau.platform')] = Promise.resolve(platform);
}

async function signIn(origin: string, email: string): Promise<string> {
  const body = new URLSearchParams({ email, password: PASSWORD, next: '/' });
  const headers = { origin };
  const response = await fetch(`${origin}/sign-in?/password`, { method: 'POST', body, redirect: 'manual', headers });
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .join('; ');
}

/** Dossiers are asked one after the other, so that no page is asked twice in a row. */
function pagesOf({ slug, dossierIds }: Planted): Record<string, string[]> {
  const dossier = (part: string) => dossierIds.map((id) => `/${slug}/dossiers/${id}${part}`);
  return {
    week: [`/${slug}/week`],
    dossiers: [`/${slug}/dossiers`],
    dossier: dossier(''),
    'dossier-notes': dossier('/notes')
  };
}

async function measure(origin: string, cookie: string, page: string, paths: readonly string[]) {
  const path = (n: number) => `${origin}${paths[n % paths.length]}`;
  for (let n = 0; n < 20; n += 1) await ask(path(n), cookie);
  const durations: number[] = [];
  for (let n = 0; n < requests; n += 1) {
    const begun = performance.now();
    await ask(path(n), cookie);
    durations.push(performance.now() - begun);
  }
  return { page, ...latency(durations), ...(await weigh(path(0), cookie)) };
}

async function together(origin: string, cookie: string, paths: readonly string[]) {
  const durations: number[] = [];
  const client = async (offset: number) => {
    for (let n = 0; n < requests / CLIENTS; n += 1) {
      const begun = performance.now();
      await ask(`${origin}${paths[(offset + n * CLIENTS) % paths.length]}`, cookie);
      durations.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));
  return latency(durations);
}

/** What a browser that has nothing yet receives: the page as sent, and with the styles, fonts and scripts that it names. */
async function weigh(url: string, cookie: string) {
  const { sentBytes, text } = await ask(url, cookie);
  const seen = new Set<string>();
  let total = sentBytes;
  const take = async (from: string, names: Iterable<RegExpMatchArray>) => {
    for (const [, name] of names) {
      const asset = new URL(name!.replaceAll('&amp;', '&'), from).href;
      if (!asset.startsWith(new URL(url).origin) || seen.has(asset)) continue;
      seen.add(asset);
      const answer = await ask(asset, cookie);
      total += answer.sentBytes;
      if (asset.endsWith('.css')) await take(asset, answer.text.matchAll(/url\(["']?([^"')]+\.woff2)["']?\)/g));
    }
  };
  await take(url, text.matchAll(/(?:href|src)="([^"]+\.(?:css|js|woff2|svg))"/g));
  return { html_kb: kilobytes(sentBytes), page_kb: kilobytes(total) };
}

interface Answer {
  readonly sentBytes: number;
  readonly text: string;
}

/** Asks as a browser does; the bytes are those that were sent, compressed. */
function ask(url: string, cookie: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { cookie, 'accept-encoding': 'br, gzip' } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} ${url}`));
        const sent = Buffer.concat(chunks);
        const unpack = UNPACK[response.headers['content-encoding'] ?? ''] ?? ((bytes: Buffer) => bytes);
        resolve({ sentBytes: sent.length, text: unpack(sent).toString('utf8') });
      });
    }).on('error', reject);
  });
}

async function readsWritten(engine: Engine): Promise<number> {
  const { rows } = await engine.pool.query<{ count: string }>('select count(*) as count from private_read');
  return Number(rows[0]!.count);
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 100) / 10;
}
