import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { holdDataDirectory } from '@terreau/database/data-directory';
import { openEmbedded, openServer, type Engine } from '@terreau/database/engine';
import { diskFiles, type FileStore } from '@terreau/database/files';
import { migrate } from '@terreau/database/migrate';

/** What the environment decides. Read once, at start. */
export interface Settings {
  /** The public address, without a final slash. */
  readonly origin: string;
  readonly secret: string;
  /** Where files, sent messages and dumps are kept. */
  readonly dataFolder: string;
  /** Whether this is the demonstration: its accounts may be tried without a second factor, and a banner says so. */
  readonly isDemonstration: boolean;
}

/** The running house: one per process, whether it serves, tests or imports. */
export interface Platform {
  readonly engine: Engine;
  readonly settings: Settings;
  /** The pictures that people gave. */
  readonly files: FileStore;
  close(): Promise<void>;
}

/** A setting that forbids starting, in one line that says what to do. */
export class StartRefused extends Error {}

// The server's own code and the built pages are two bundles of the same modules: they meet here.
const KEY = Symbol.for('terreau.platform');
const meetingPlace = globalThis as { [KEY]?: Promise<Platform> };

/** The platform of this process, opened from the environment at the first call. Throws StartRefused, DataDirectoryRefused. */
export function platform(): Promise<Platform> {
  meetingPlace[KEY] ??= openPlatform(process.env);
  return meetingPlace[KEY];
}

async function openPlatform(env: NodeJS.ProcessEnv): Promise<Platform> {
  const origin = (env['TERREAU_ORIGIN'] ?? `http://localhost:${env['PORT'] ?? '3000'}`).replace(/\/+$/, '');
  const dataFolder = resolve(env['INIT_CWD'] ?? process.cwd(), env['TERREAU_DATA'] ?? './data');
  refuseFragileDeployment(env, origin);
  const url = env['DATABASE_URL'];
  const { engine, release } = url ? await openOnServer(url, env) : await openInFolder(dataFolder);
  const settings: Settings = {
    origin,
    dataFolder,
    secret: await secretOf(env, dataFolder),
    isDemonstration: env['TERREAU_DEMONSTRATION'] === '1'
  };
  return {
    engine,
    settings,
    files: diskFiles(join(dataFolder, 'files')),
    async close() {
      await engine.close();
      release();
    }
  };
}

/** The embedded database survives a killed process but not a power cut: a public deployment must choose it knowingly. */
function refuseFragileDeployment(env: NodeJS.ProcessEnv, origin: string): void {
  const { hostname } = new URL(origin);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (isLocal || env['DATABASE_URL'] || env['TERREAU_ALLOW_EMBEDDED'] === '1') return;
  throw new StartRefused(
    `${origin} is a public address: set DATABASE_URL to a PostgreSQL server, or TERREAU_ALLOW_EMBEDDED=1 to accept that a power cut may lose the last writes.`
  );
}

async function openOnServer(url: string, env: NodeJS.ProcessEnv): Promise<{ engine: Engine; release: () => void }> {
  const owner = openServer(env['DATABASE_OWNER_URL'] ?? url, 1);
  try {
    await migrate(owner);
  } finally {
    await owner.close();
  }
  return { engine: openServer(url), release: () => undefined };
}

async function openInFolder(dataFolder: string): Promise<{ engine: Engine; release: () => void }> {
  const directory = await holdDataDirectory(dataFolder);
  try {
    const engine = await openEmbedded(directory.database);
    await migrate(engine);
    return { engine, release: () => directory.release() };
  } catch (error) {
    directory.release();
    throw error;
  }
}

async function secretOf(env: NodeJS.ProcessEnv, dataFolder: string): Promise<string> {
  const given = env['TERREAU_SECRET'];
  if (given && given.length >= 32) return given;
  if (given)
    throw new StartRefused('TERREAU_SECRET is too short: give at least 32 characters, kept secret and stable.');
  if (env['DATABASE_URL'])
    throw new StartRefused('Set TERREAU_SECRET to at least 32 random characters, kept secret and stable.');
  const file = join(dataFolder, 'secret');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    const made = randomBytes(32).toString('base64url');
    await mkdir(dataFolder, { recursive: true });
    await writeFile(file, made, { mode: 0o600, flag: 'wx' });
    return made;
  }
}
