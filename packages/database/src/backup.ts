import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type pg from 'pg';
import type { Engine } from './engine.ts';
import type { FileStore } from './files.ts';
import { readMigrations } from './migrate.ts';

/*
 * A backup is one gzip file of JSON lines, the same for both engines, so that a territory can move from the embedded
 * database to a server and back:
 *   {"format":"terreau-backup","version":1,"at":…,"migrations":[{"name","checksum"}…]}
 *   {"table":"account","columns":["id",…]}   then one array of texts per row, in the order of the primary key
 *   {"end":"account","rows":12,"sha256":"…"}
 *   {"file":"0199…","sha256":"…","base64":"…"}   each file that people gave
 *   {"done":true}
 * Values are PostgreSQL's own texts (UTC, full precision), so that nothing is rounded or re-encoded on the way.
 */

export interface TableSum {
  readonly table: string;
  readonly rows: number;
  /** Of the rows' lines, in the order of the primary key. */
  readonly sha256: string;
}

/** Why a file cannot be restored, in one line. Nothing was changed. */
export class RestoreRefused extends Error {}

const ROWS_PER_BATCH = 500;

/** Writes everything into `file` from one snapshot. The file appears under its name only when it is complete. */
export async function backup(engine: Engine, files: FileStore, file: string, now: Date): Promise<TableSum[]> {
  const sums: TableSum[] = [];
  const partial = `${file}.partial`;
  try {
    await pipeline(
      Readable.from(linesOf(engine, files, now, sums)),
      createGzip(),
      createWriteStream(partial, { flags: 'w', mode: 0o600 })
    );
    await rename(partial, file);
    return sums;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/**
 * Fills an empty migrated database from `file`, in one transaction, then reads every table again and compares.
 * Needs a role that may set `session_replication_role` (the owner, in docs/operations.md). Throws RestoreRefused.
 */
export async function restore(engine: Engine, files: FileStore, file: string): Promise<TableSum[]> {
  const client = await engine.pool.connect();
  try {
    await client.query('begin');
    await settle(client);
    await client.query("set local session_replication_role = 'replica'");
    await emptyOrRefuse(client);
    const expected = await load(client, files, file);
    const found = await sumsOf(client);
    const differing = expected.filter((sum) => found.get(sum.table)?.sha256 !== sum.sha256);
    if (differing.length > 0)
      throw new RestoreRefused(`${differing.map((sum) => sum.table).join(', ')} differ after restoring`);
    await client.query('commit');
    return expected;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Row count and checksum of each table: two databases with the same sums hold the same rows. */
export async function tableSums(engine: Engine): Promise<TableSum[]> {
  const client = await engine.pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await settle(client);
    return [...(await sumsOf(client)).values()];
  } finally {
    await client.query('rollback');
    client.release();
  }
}

async function* linesOf(engine: Engine, files: FileStore, now: Date, sums: TableSum[]): AsyncGenerator<string> {
  const client = await engine.pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await settle(client);
    const migrations = (await readMigrations()).map(({ name, checksum }) => ({ name, checksum }));
    yield line({ format: 'terreau-backup', version: 1, at: now.toISOString(), migrations });
    for (const table of await tablesOf(client)) {
      yield line({ table: table.name, columns: table.columns });
      const hash = createHash('sha256');
      let rows = 0;
      for await (const row of rowsOf(client, table)) {
        hash.update(row);
        rows += 1;
        yield row;
      }
      const sum = { table: table.name, rows, sha256: hash.digest('hex') };
      sums.push(sum);
      yield line({ end: sum.table, rows, sha256: sum.sha256 });
    }
    yield* linesOfFiles(files);
    yield line({ done: true });
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

/** A file removed meanwhile is left out: whoever removed it wanted it gone. */
async function* linesOfFiles(files: FileStore): AsyncGenerator<string> {
  for (const { id } of await files.list()) {
    const bytes = await files.read(id);
    if (bytes) yield line({ file: id, sha256: sha256Of(bytes), base64: Buffer.from(bytes).toString('base64') });
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** Every table but the migrations' own, with the columns that are stored rather than computed. */
async function tablesOf(client: pg.PoolClient): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name,
           (select json_agg(a.attname order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
           coalesce((select json_agg(a.attname order by array_position(i.indkey::int2[], a.attnum)) from pg_index i
             join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
             where i.indrelid = c.oid and i.indisprimary), '[]') as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'migration'
    order by c.relname`);
  return rows;
}

async function* rowsOf(client: pg.PoolClient, table: Table): AsyncGenerator<string> {
  const columns = table.columns.map((column) => `${quote(column)}::text`).join(', ');
  const order = (table.key.length > 0 ? table.key : table.columns).map(quote).join(', ');
  await client.query(
    `declare backup_rows no scroll cursor for select json_build_array(${columns})::text as row from ${quote(table.name)} order by ${order}`
  );
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${ROWS_PER_BATCH} from backup_rows`);
    if (rows.length === 0) break;
    for (const { row } of rows) yield `${JSON.stringify(JSON.parse(row))}\n`;
  }
  await client.query('close backup_rows');
}

async function sumsOf(client: pg.PoolClient): Promise<Map<string, TableSum>> {
  const sums = new Map<string, TableSum>();
  for (const table of await tablesOf(client)) {
    const hash = createHash('sha256');
    let rows = 0;
    for await (const row of rowsOf(client, table)) {
      hash.update(row);
      rows += 1;
    }
    sums.set(table.name, { table: table.name, rows, sha256: hash.digest('hex') });
  }
  return sums;
}

async function load(client: pg.PoolClient, files: FileStore, file: string): Promise<TableSum[]> {
  const tables = new Map((await tablesOf(client)).map((table) => [table.name, table]));
  const sums: TableSum[] = [];
  const reader = new BackupReader(client, files, tables, sums);
  const input = createReadStream(file).pipe(createGunzip());
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) await reader.take(text);
  } catch (error) {
    if (error instanceof RestoreRefused) throw error;
    throw new RestoreRefused(`the backup cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!reader.isDone) throw new RestoreRefused('the backup is cut short');
  return sums;
}

/** Reads one line after another: a header, tables, rows, sums, the end. */
class BackupReader {
  isDone = false;
  #isHeaderRead = false;
  #table: { name: string; columns: string[] } | null = null;
  #hash = createHash('sha256');
  #rows = 0;
  #batch: (string | null)[][] = [];
  readonly #client: pg.PoolClient;
  readonly #files: FileStore;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #sums: TableSum[];

  constructor(client: pg.PoolClient, files: FileStore, tables: ReadonlyMap<string, Table>, sums: TableSum[]) {
    this.#client = client;
    this.#files = files;
    this.#tables = tables;
    this.#sums = sums;
  }

  async take(text: string): Promise<void> {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return this.#takeRow(text, value as (string | null)[]);
    const mark = value as Record<string, unknown>;
    if (!this.#isHeaderRead) return this.#takeHeader(mark);
    if (typeof mark['table'] === 'string') return this.#startTable(mark['table'], mark['columns'] as string[]);
    if (typeof mark['end'] === 'string') return this.#endTable(mark);
    if (typeof mark['file'] === 'string') return this.#takeFile(mark['file'], mark);
    if (mark['done'] === true) this.isDone = true;
  }

  async #takeHeader(mark: Record<string, unknown>): Promise<void> {
    if (mark['format'] !== 'terreau-backup' || mark['version'] !== 1)
      throw new RestoreRefused('this is not a backup of Terreau');
    const theirs = JSON.stringify(mark['migrations']);
    const ours = JSON.stringify((await readMigrations()).map(({ name, checksum }) => ({ name, checksum })));
    if (theirs !== ours) {
      throw new RestoreRefused(
        'the backup was made by another version of Terreau: restore it with that version, then upgrade'
      );
    }
    this.#isHeaderRead = true;
  }

  async #takeFile(id: string, mark: Record<string, unknown>): Promise<void> {
    const bytes = Buffer.from(String(mark['base64']), 'base64');
    if (sha256Of(bytes) !== mark['sha256']) throw new RestoreRefused(`the file ${id} is damaged in the backup`);
    await this.#files.write(id, bytes);
  }

  #startTable(name: string, columns: string[]): void {
    if (!this.#tables.has(name)) throw new RestoreRefused(`the backup holds an unknown table, ${name}`);
    this.#table = { name, columns };
    this.#hash = createHash('sha256');
    this.#rows = 0;
  }

  async #takeRow(text: string, row: (string | null)[]): Promise<void> {
    this.#hash.update(`${text}\n`);
    this.#rows += 1;
    this.#batch.push(row);
    if (this.#batch.length >= ROWS_PER_BATCH) await this.#flush();
  }

  async #endTable(mark: Record<string, unknown>): Promise<void> {
    await this.#flush();
    const sha256 = this.#hash.digest('hex');
    if (mark['rows'] !== this.#rows || mark['sha256'] !== sha256)
      throw new RestoreRefused(`${String(mark['end'])} is damaged in the backup`);
    this.#sums.push({ table: String(mark['end']), rows: this.#rows, sha256 });
  }

  /** The texts go back through PostgreSQL's own reading of each column's type. */
  async #flush(): Promise<void> {
    const { name, columns } = this.#table!;
    if (this.#batch.length === 0) return;
    const records = this.#batch.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
    const types = await this.#typesOf(name);
    const list = columns.map(quote).join(', ');
    const values = columns.map((column) => `(record ->> ${literal(column)})::${types.get(column)}`).join(', ');
    await this.#client.query(
      `insert into ${quote(name)} (${list}) select ${values} from jsonb_array_elements($1::jsonb) as record`,
      [JSON.stringify(records)]
    );
    this.#batch = [];
  }

  readonly #types = new Map<string, Map<string, string>>();

  async #typesOf(table: string): Promise<Map<string, string>> {
    const known = this.#types.get(table);
    if (known) return known;
    const { rows } = await this.#client.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0`,
      [`public.${quote(table)}`]
    );
    const types = new Map(rows.map((row) => [row.name, row.type]));
    this.#types.set(table, types);
    return types;
  }
}

/** The same texts whatever the server's own settings. */
async function settle(client: pg.PoolClient): Promise<void> {
  await client.query(`set local timezone = 'UTC'`);
  await client.query(`set local datestyle = 'ISO, YMD'`);
  await client.query(`set local intervalstyle = 'iso_8601'`);
  await client.query(`set local extra_float_digits = 1`);
  await client.query(`set local bytea_output = 'hex'`);
}

/** A migrated database already holds the words that ship with it: they are replaced by those of the backup. */
async function emptyOrRefuse(client: pg.PoolClient): Promise<void> {
  for (const name of ['account', 'territory']) {
    const { rows } = await client.query(`select 1 from ${quote(name)} limit 1`);
    if (rows.length > 0) throw new RestoreRefused(`the database already holds rows (${name}): restore into a new one`);
  }
  const names = (await tablesOf(client)).map(({ name }) => quote(name));
  await client.query(`truncate ${names.join(', ')}`);
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
