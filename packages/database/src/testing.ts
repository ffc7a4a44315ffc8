import { readFile } from 'node:fs/promises';
import { newId } from '@terreau/kernel/ids';
import { afterAll, inject } from 'vitest';
import { operatorContext as contextOfOperator, VISITOR, type Actor, type Context } from './context.ts';
import { openEmbedded, openServer, type EmbeddedProgram, type Engine } from './engine.ts';
import { clusterUrl } from './testing-setup.ts';

/**
 * A fresh migrated database for the tests of one file, closed after them: embedded, or a copy of the template
 * on the private PostgreSQL cluster, reached as a login that owns nothing. Call it once, at the top of the file.
 */
export async function testDatabase(connections = 10): Promise<Engine> {
  const engine = inject('testEngine') === 'embedded' ? await freshEmbedded() : await freshServer(connections);
  afterAll(() => engine.close());
  return engine;
}

/** The same, reached as the owner of its tables: for backups and migrations, never for what the pages do. */
export async function ownerDatabase(): Promise<Engine> {
  const engine = inject('testEngine') === 'embedded' ? await freshEmbedded() : await freshServer(1, 'terreau_owner');
  afterAll(() => engine.close());
  return engine;
}

/** Whether this run is on a PostgreSQL server, where races can happen. */
export function onServer(): boolean {
  return inject('testEngine') === 'postgresql';
}

/** A context for `actor` at `now`, on `engine`. */
export function contextFor(engine: Engine, actor: Actor = VISITOR, now = new Date()): Context {
  return { engine, actor, now, language: 'fr', requestId: newId() };
}

/** A context that may do everything, to prepare what a test needs. */
export function operatorContext(engine: Engine, now = new Date()): Context {
  return contextOfOperator(engine, now);
}

async function freshEmbedded(): Promise<Engine> {
  const dump = new Blob([await readFile(inject('testTemplate'))]);
  return openEmbedded('memory', dump, await (program ??= readProgram()));
}

/** Tests open one database for each file: a worker compiles the program once for all of them. */
let program: Promise<EmbeddedProgram> | undefined;

async function readProgram(): Promise<EmbeddedProgram> {
  const file = async (name: string) => readFile(new URL(name, import.meta.resolve('@electric-sql/pglite')));
  return {
    pgliteWasmModule: await WebAssembly.compile(await file('pglite.wasm')),
    initdbWasmModule: await WebAssembly.compile(await file('initdb.wasm')),
    fsBundle: new Blob([await file('pglite.data')])
  };
}

async function freshServer(connections: number, user?: string): Promise<Engine> {
  const folder = inject('testTemplate');
  const name = `test_${newId().replaceAll('-', '')}`;
  const root = openServer(clusterUrl(folder, 'postgres', 'postgres'), 1);
  // Template copies exclude each other; the loser tries again.
  for (let attempt = 0; ; attempt += 1) {
    try {
      await root.pool.query(`create database ${name} template terreau_template`);
      break;
    } catch (error) {
      if (attempt > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 200));
    }
  }
  await root.close();
  return openServer(clusterUrl(folder, name, user), connections);
}
