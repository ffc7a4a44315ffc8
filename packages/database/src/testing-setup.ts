import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { openEmbedded, openServer } from './engine.ts';
import { migrate } from './migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testEngine: 'embedded' | 'postgresql';
    /** Embedded: the path of a migrated dump. PostgreSQL: the socket's folder of the private cluster. */
    testTemplate: string;
  }
}

const run = promisify(execFile);

/**
 * Builds one migrated template before the tests of a project, from which `testDatabase` makes a fresh
 * database for each file. `TERREAU_TEST_ENGINE=postgresql` starts a private cluster as a child of this process.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'terreau-test-'));
  const kind = process.env['TERREAU_TEST_ENGINE'] === 'postgresql' ? 'postgresql' : 'embedded';
  project.provide('testEngine', kind);
  if (kind === 'embedded') {
    project.provide('testTemplate', await embeddedTemplate(folder));
    return () => rm(folder, { recursive: true, force: true });
  }
  const cluster = await startCluster(folder);
  project.provide('testTemplate', cluster.socketFolder);
  return async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function embeddedTemplate(folder: string): Promise<string> {
  const engine = await openEmbedded('memory');
  await migrate(engine);
  const dump = await engine.pglite!.dumpDataDir('none');
  await engine.close();
  const path = join(folder, 'template.tar');
  await writeFile(path, Buffer.from(await dump.arrayBuffer()));
  return path;
}

export interface Cluster {
  readonly socketFolder: string;
  stop(): Promise<void>;
}

/** Where PostgreSQL's server programs are, newest first; undefined when none is installed. */
export function serverPrograms(): string | undefined {
  const named = process.env['TERREAU_POSTGRESQL_BIN'];
  if (named) return named;
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root).filter((name) => existsSync(join(root, name, 'bin', 'initdb')));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest && join(root, newest, 'bin');
}

/** Starts a private cluster in `folder`, with a migrated database `terreau_template` owned by `terreau_owner`. */
export async function startCluster(folder: string): Promise<Cluster> {
  const programs = serverPrograms();
  if (!programs)
    throw new Error('PostgreSQL is not installed: no initdb under /usr/lib/postgresql (npm test installs it)');
  await chmod(folder, 0o777);
  const data = join(folder, 'data');
  const asUser = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
  const command = (program: string, ...args: string[]) => [...asUser, join(programs, program), ...args];
  await runCommand(
    command('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N')
  );
  // fsync off: the cluster dies with the test command, and only its speed matters.
  const [program, ...args] = command(
    'postgres',
    '-D',
    data,
    '-k',
    folder,
    '-c',
    'listen_addresses=',
    '-c',
    'fsync=off',
    '-c',
    'synchronous_commit=off',
    '-c',
    'full_page_writes=off',
    '-c',
    'max_connections=300',
    '-c',
    'shared_buffers=256MB'
  );
  const server = spawn(program!, args, { stdio: 'ignore' });
  await untilReady(folder);
  await prepareTemplate(folder);
  return { socketFolder: folder, stop: () => stop(server) };
}

/** The address of a database of a private cluster, reached through its socket. */
export function clusterUrl(socketFolder: string, database: string, user = 'terreau_login'): string {
  return `postgresql://${user}@/${database}?host=${encodeURIComponent(socketFolder)}`;
}

async function prepareTemplate(folder: string): Promise<void> {
  const root = openServer(clusterUrl(folder, 'postgres', 'postgres'), 1);
  for (const statement of [
    'create role terreau_owner login superuser',
    'create role terreau_app nologin',
    'create role terreau_login login in role terreau_app',
    'create database terreau_template owner terreau_owner'
  ]) {
    await root.pool.query(statement);
  }
  await root.close();
  const owner = openServer(clusterUrl(folder, 'terreau_template', 'terreau_owner'), 1);
  await migrate(owner);
  await owner.close();
}

async function untilReady(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const probe = openServer(clusterUrl(folder, 'postgres', 'postgres'), 1);
    const ready = await probe.pool.query('select 1').then(
      () => true,
      () => false
    );
    await probe.close();
    if (ready) return;
    await wait(100);
  }
  throw new Error('the private PostgreSQL cluster did not start within 15 seconds');
}

async function stop(server: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  await gone;
}

async function runCommand([program, ...args]: string[]): Promise<void> {
  await run(program!, args);
}
