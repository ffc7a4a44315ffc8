import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of every account of the demonstration, on a site that nobody but the journeys can reach. */
export const demonstrationPassword = 'terreau-valbrune';
const web = join(import.meta.dirname, '..');
const START_LIMIT_MILLISECONDS = 180_000;

export interface OpenSite {
  /** Where it answers, without a trailing slash. */
  origin: string;
  /** The folder of its embedded database, for whoever looks into it once the site is stopped. */
  data: string;
  /** Stops it as a power cut would. */
  kill: () => Promise<void>;
  /** Starts it again, at the same address, on the same data. */
  restart: () => Promise<void>;
  /** Stops it as its administrator would; the data stay. */
  halt: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Starts the built site with Valbrune in it, on a free port, with a data directory of its own; `close` stops it and
 * removes both. Throws when the site was not built.
 */
export async function openSite(): Promise<OpenSite> {
  if (!existsSync(join(web, 'build/handler.js'))) throw new Error('The site is not built yet: run "npm run build".');
  const data = mkdtempSync(join(tmpdir(), 'terreau-e2e-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  // A copy: a build made meanwhile would pull the files from under the running site.
  const build = `test-results/site-${port}`;
  cpSync(join(web, 'build'), join(web, build), { recursive: true });
  let site = launch(port, data, build);
  const close = async () => {
    await stop(site, 'SIGTERM');
    rmSync(data, { recursive: true, force: true });
    rmSync(join(web, build), { recursive: true, force: true });
  };
  const restart = async () => {
    site = launch(port, data, build);
    await answers(origin, site);
  };
  try {
    await answers(origin, site);
  } catch (error) {
    await close();
    throw error;
  }
  return { origin, data, kill: () => stop(site, 'SIGKILL'), restart, halt: () => stop(site, 'SIGTERM'), close };
}

function launch(port: number, data: string, build: string): ChildProcess {
  const site = spawn(process.execPath, ['e2e/serve-demonstration.ts'], {
    cwd: web,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      TERREAU_DATA: data,
      TERREAU_BUILD_DIR: build,
      TERREAU_DEMONSTRATION: '1',
      TERREAU_E2E_PASSWORD: demonstrationPassword,
      TERREAU_KIT: '1',
      NODE_ENV: 'production'
    },
    stdio: ['ignore', 'ignore', 'pipe']
  });
  site.stderr?.on('data', (text: Buffer) => process.stderr.write(text));
  return site;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))
      );
    });
  });
}

async function answers(origin: string, site: ChildProcess): Promise<void> {
  const limit = Date.now() + START_LIMIT_MILLISECONDS;
  while (Date.now() < limit) {
    if (site.exitCode !== null) throw new Error('The site stopped while starting: see above.');
    try {
      await fetch(`${origin}/robots.txt`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('The site did not answer in time.');
}

function stop(site: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  return new Promise((resolve) => {
    if (site.exitCode !== null || site.signalCode !== null) return resolve();
    site.once('exit', () => resolve());
    site.kill(signal);
  });
}
