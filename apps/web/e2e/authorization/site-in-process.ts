import type { Engine } from '@terreau/database/engine';
import type { FileStore } from '@terreau/database/files';
import { startSite } from '../../src/server.ts';

export interface SiteInProcess {
  /** Where it answers, without a trailing slash. */
  readonly origin: string;
  close(): void;
}

/** The built site in this process, on a database that the caller opened and may write in. */
export async function startInProcess(engine: Engine, files: FileStore, dataFolder: string): Promise<SiteInProcess> {
  Object.assign(process.env, { TERREAU_KIT: '1', NODE_ENV: 'production' });
  const settings = { origin: 'http://localhost:3000', secret: 's'.repeat(40), dataFolder, isDemonstration: true };
  const platform = { engine, settings, files, close: () => engine.close() };
  // The built pages find the platform where the server's own code left it.
  (globalThis as Record<symbol, unknown>)[Symbol.for('terreau.platform')] = Promise.resolve(platform);
  const buildDirectory = process.env['TERREAU_BUILD_DIR'] ?? 'build';
  const server = await startSite({ port: 0, host: '127.0.0.1', buildDirectory });
  // A connection is kept while the database is put back: a slow machine must not lose it.
  server.keepAliveTimeout = 10 * 60_000;
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    }
  };
}

/** Signs in through the page that everybody uses; what a browser would send back. Throws when it does not succeed. */
export async function cookieOf(origin: string, email: string, password: string): Promise<string> {
  const body = new URLSearchParams({ email, password, next: '/' });
  const headers = { origin };
  const response = await fetch(`${origin}/sign-in?/password`, { method: 'POST', body, redirect: 'manual', headers });
  const jar = response.headers.getSetCookie().map((line) => line.split(';')[0]!);
  if (!jar.some((pair) => pair.includes('session'))) throw new Error(`${email} could not sign in: ${response.status}`);
  return jar.join('; ');
}
