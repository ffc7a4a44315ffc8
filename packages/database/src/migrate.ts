import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';
import type { Engine } from './engine.ts';

/** A numbered step forward: its file's name, its text, and the checksum that forbids editing it later. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** An applied migration whose file has changed or disappeared, or a file inserted before one already applied. */
export class MigrationConflict extends Error {}

const DIRECTORY = new URL('../migrations/', import.meta.url);
const LOCK_KEY = 7_351_846;

/** All migrations that ship with this version, in order. */
export async function readMigrations(directory: URL = DIRECTORY): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, directory), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
  );
}

/**
 * Applies what is missing, each migration in its own transaction, under an advisory lock so that two
 * processes that start together do it once. Returns the names applied. Throws MigrationConflict.
 */
export async function migrate(engine: Engine, migrations?: readonly Migration[]): Promise<string[]> {
  const wanted = migrations ?? (await readMigrations());
  const client = await engine.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    return await applyMissing(client, wanted);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK_KEY]).catch(() => undefined);
    client.release();
  }
}

async function applyMissing(client: pg.PoolClient, wanted: readonly Migration[]): Promise<string[]> {
  await client.query(`create table if not exists migration (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from migration order by name'
  );
  refuseConflicts(rows, wanted);
  const done = new Set(rows.map((row) => row.name));
  const applied: string[] = [];
  for (const migration of wanted) {
    if (done.has(migration.name)) continue;
    await applyOne(client, migration);
    applied.push(migration.name);
  }
  return applied;
}

async function applyOne(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('insert into migration (name, checksum) values ($1, $2)', [migration.name, migration.checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${migration.name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error
    });
  }
}

function refuseConflicts(applied: readonly { name: string; checksum: string }[], wanted: readonly Migration[]): void {
  const known = new Map(wanted.map((migration) => [migration.name, migration.checksum]));
  const last = applied.at(-1)?.name ?? '';
  for (const row of applied) {
    if (!known.has(row.name))
      throw new MigrationConflict(
        `${row.name} was applied to this data by a newer version of Terreau: nothing was changed`
      );
    if (known.get(row.name) !== row.checksum)
      throw new MigrationConflict(`${row.name} has changed since it was applied to this data: nothing was changed`);
  }
  const done = new Set(applied.map((row) => row.name));
  for (const migration of wanted) {
    if (!done.has(migration.name) && migration.name < last) {
      throw new MigrationConflict(`${migration.name} comes before ${last}, which is already applied`);
    }
  }
}
