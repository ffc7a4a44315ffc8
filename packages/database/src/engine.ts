import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { cube } from '@electric-sql/pglite/contrib/cube';
import { earthdistance } from '@electric-sql/pglite/contrib/earthdistance';
import { fuzzystrmatch } from '@electric-sql/pglite/contrib/fuzzystrmatch';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.ts';

// A date without a time stays the text `YYYY-MM-DD`: as a Date it would move with the server's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** An open database. Both kinds are reached through the same `pg.Pool` and Kysely dialect, so both run the same path. */
export interface Engine {
  readonly kind: 'embedded' | 'postgresql';
  readonly pool: pg.Pool;
  readonly db: Kysely<DB>;
  /** The embedded database itself, for its dumps; absent on a server. */
  readonly pglite?: PGlite;
  close(): Promise<void>;
}

/** PGlite's own program, compiled once for several databases of one process. */
export type EmbeddedProgram = Required<Pick<PGliteOptions, 'pgliteWasmModule' | 'initdbWasmModule' | 'fsBundle'>>;

/**
 * Opens the embedded database: in `directory`, or in memory when it is `'memory'`.
 * `dump` (a PGlite data directory as a tar) is loaded into an empty one first.
 * It holds no lock of its own: see `data-directory.ts`. Everything runs on one connection.
 */
export async function openEmbedded(
  directory: string | 'memory',
  dump?: Blob,
  program?: EmbeddedProgram
): Promise<Engine> {
  const pglite = await PGlite.create({
    dataDir: directory === 'memory' ? 'memory://' : directory,
    extensions: { btree_gist, cube, earthdistance, fuzzystrmatch, pg_trgm, unaccent },
    ...program,
    ...(dump ? { loadDataDir: dump } : {})
  });
  const pool = new pg.Pool({ ...createPgConfig(pglite), max: 1 } as unknown as pg.PoolConfig);
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  return {
    kind: 'embedded',
    pool,
    db,
    pglite,
    async close() {
      await db.destroy();
      await pglite.close();
    }
  };
}

/** Opens a pool on a PostgreSQL server, version 15 or later. `connections` bounds the pool. */
export function openServer(url: string, connections = 10): Engine {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  // A lost idle connection is replaced at the next query; without a listener it would stop the process.
  pool.on('error', () => undefined);
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  return { kind: 'postgresql', pool, db, close: () => db.destroy() };
}

/** PostgreSQL's code of an error (`23505`…), whichever engine raised it: PGlite's errors are no `DatabaseError`. */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** The constraint that an error names, if any. */
export function errorConstraint(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : undefined;
}
