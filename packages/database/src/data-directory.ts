import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The major version of PostgreSQL inside the embedded database; its directory opens with no other. */
export const EMBEDDED_POSTGRESQL_MAJOR = 18;

/** Why a data directory cannot be opened, in one line that says what to do. Nothing was changed. */
export class DataDirectoryRefused extends Error {
  readonly reason: 'locked' | 'other-version' | 'unwritable';
  constructor(reason: DataDirectoryRefused['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A data directory held by this process alone, until it is released or the process dies. */
export interface DataDirectory {
  readonly root: string;
  /** Where the embedded database keeps its files. */
  readonly database: string;
  release(): void;
}

/**
 * Creates `root` if needed and takes it for this process. The embedded database has no lock of its own and two
 * processes on it lose rows silently, so an exclusive SQLite transaction beside it is held for as long as it is open:
 * the operating system drops it when the process dies, however it dies. Throws DataDirectoryRefused.
 */
export async function holdDataDirectory(root: string): Promise<DataDirectory> {
  const lock = await takeLock(root);
  const database = join(root, 'database');
  try {
    await refuseOtherVersion(database);
  } catch (error) {
    lock.close();
    throw error;
  }
  return { root, database, release: () => lock.close() };
}

async function takeLock(root: string): Promise<DatabaseSync> {
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    throw new DataDirectoryRefused('unwritable', `The data directory ${root} cannot be written: ${codeOf(error)}.`);
  }
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(root, 'lock.sqlite'), { timeout: 0 });
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) {
      throw new DataDirectoryRefused(
        'locked',
        `The data in ${root} is already open in another process. Stop it first, or choose another place: TERREAU_DATA=./other.`
      );
    }
    throw new DataDirectoryRefused('unwritable', `The data directory ${root} cannot be written: ${codeOf(error)}.`);
  }
}

async function refuseOtherVersion(database: string): Promise<void> {
  const file = join(database, 'PG_VERSION');
  if (!existsSync(file)) return;
  const version = (await readFile(file, 'utf8')).trim();
  if (version !== String(EMBEDDED_POSTGRESQL_MAJOR)) {
    throw new DataDirectoryRefused(
      'other-version',
      `The data was made by PostgreSQL ${version} and this version of Terreau embeds ${EMBEDDED_POSTGRESQL_MAJOR}. ` +
        'Nothing was changed: make a backup with the version that made it, then restore it here (docs/operations.md).'
    );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
