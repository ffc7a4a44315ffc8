import { createServer, type IncomingMessage, type Server } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { pathToFileURL } from 'node:url';
import { DataDirectoryRefused } from '@terreau/database/data-directory';
import { MigrationConflict } from '@terreau/database/migrate';
import { startBackground } from '#lib/server/background.ts';
import { serveMetrics } from '#lib/server/metrics.ts';
import { platform, StartRefused, type Platform } from '#lib/server/platform.ts';

/*
 * Starts the built site. Run by Node itself (24, types stripped).
 *
 * PORT (3000), HOST (all addresses), TERREAU_ORIGIN (the public address, e.g. https://terreau.example),
 * TERREAU_TRUSTED_PROXY (addresses or networks of the proxies in front, separated by commas:
 * "127.0.0.1,10.0.0.0/8"; only their X-Forwarded-* headers are believed).
 */

const DEFAULT_PORT = 3000;
const REQUEST_BODY_LIMIT_BYTES = 32 * 1024 * 1024;
const SHUTDOWN_LIMIT_MILLISECONDS = 10_000;
const REQUIRED_NODE_MAJOR = 24;

export interface SiteSettings {
  port: number;
  host?: string | undefined;
  origin?: string | undefined;
  trustedProxy?: string | undefined;
  buildDirectory?: string | undefined;
}

/** Serves the built site until the process is told to stop. Throws `PortTaken` when another program has the port. */
export async function startSite(settings: SiteSettings): Promise<Server> {
  const { origin, trustedProxy, buildDirectory = 'build' } = settings;
  Object.assign(process.env, {
    PROTOCOL_HEADER: 'x-forwarded-proto',
    HOST_HEADER: 'x-forwarded-host',
    ADDRESS_HEADER: 'x-forwarded-for',
    XFF_DEPTH: '1',
    BODY_SIZE_LIMIT: process.env['BODY_SIZE_LIMIT'] ?? String(REQUEST_BODY_LIMIT_BYTES)
  });
  const root = new URL('../', import.meta.url);
  const handlerUrl = new URL(`${buildDirectory}/handler.js`, pathToFileURL(`${root.pathname}`));
  const { handler } = (await import(handlerUrl.href)) as { handler: (...nodeArguments: unknown[]) => void };
  const believe = proxyRule(trustedProxy);
  const server = createServer((request, response) => {
    sayWhereFrom(request, believe, origin);
    handler(request, response, () => response.writeHead(404).end());
  });
  await listen(server, settings);
  return server;
}

export class PortTaken extends Error {}

function listen(server: Server, { port, host }: SiteSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(`Port ${port} is already taken by another program.`) : error)
    );
    server.listen(port, host, resolve);
  });
}

/** Overwrites the forwarded headers, so that nobody but a trusted proxy can pretend to be elsewhere. */
function sayWhereFrom(request: IncomingMessage, believe: (address: string) => boolean, origin?: string): void {
  const address = request.socket.remoteAddress ?? '';
  const { headers } = request;
  if (!believe(address)) {
    headers['x-forwarded-for'] = address;
    headers['x-forwarded-proto'] = 'http';
    headers['x-forwarded-host'] = headers.host;
  }
  headers['x-forwarded-for'] ??= address;
  headers['x-forwarded-proto'] ??= 'http';
  headers['x-forwarded-host'] ??= headers.host;
  if (origin) {
    const { protocol, host } = new URL(origin);
    headers['x-forwarded-proto'] = protocol.slice(0, -1);
    headers['x-forwarded-host'] = host;
  }
}

function proxyRule(trusted = ''): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of trusted.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) =>
    list.check(
      address.replace(/^::ffff:/, ''),
      isIP(address) === 6 && !address.startsWith('::ffff:') ? 'ipv6' : 'ipv4'
    );
}

/** Lets the requests under way finish, then leaves. */
export function stopOnSignal(server: Server, whenStopped: () => void | Promise<void> = () => undefined): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => server.closeAllConnections(), SHUTDOWN_LIMIT_MILLISECONDS).unref();
      server.close(() => void Promise.resolve(whenStopped()).finally(() => process.exit(0)));
      server.closeIdleConnections();
    });
  }
}

/**
 * Opens the platform, serves until told to stop, then closes it. Anything that forbids starting is said in one line.
 * `prepare` runs before the first request is taken, and may return what to say once the site is open.
 */
export async function serve(prepare?: (platform: Platform) => Promise<() => void>): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < REQUIRED_NODE_MAJOR) {
    return leave(
      `Terreau needs Node ${REQUIRED_NODE_MAJOR}; this is ${process.version}. Start it with "npm start", which brings its own.`
    );
  }
  const port = Number(process.env['PORT'] ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return leave(`PORT must be a number from 0 to 65535, not "${process.env['PORT']}".`);
  try {
    const opened = await platform();
    const present = await prepare?.(opened);
    const stopBackground = await startBackground(opened);
    const metricsPort = Number(process.env['TERREAU_METRICS_PORT'] ?? 0);
    if (metricsPort > 0) serveMetrics(metricsPort, opened.engine).unref();
    const server = await startSite({
      port,
      host: process.env['HOST'],
      origin: process.env['TERREAU_ORIGIN'],
      trustedProxy: process.env['TERREAU_TRUSTED_PROXY'],
      buildDirectory: process.env['TERREAU_BUILD_DIR']
    });
    stopOnSignal(server, async () => {
      await stopBackground();
      await opened.close();
    });
    if (present) return present();
    const address = server.address();
    console.log(`Terreau listens on http://localhost:${typeof address === 'object' ? address?.port : port}`);
  } catch (error) {
    if (error instanceof PortTaken) leave(`${error.message} Choose another one, for instance PORT=3001.`);
    else if (
      error instanceof StartRefused ||
      error instanceof DataDirectoryRefused ||
      error instanceof MigrationConflict
    )
      leave(error.message);
    else throw error;
  }
}

function leave(sentence: string): void {
  console.error(sentence);
  process.exit(1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await serve();
