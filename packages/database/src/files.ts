import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '@terreau/kernel/ids';

/** Where files that people gave are kept, by their id. The rows that name them say what they are. */
export interface FileStore {
  write(id: Id, bytes: Uint8Array): Promise<void>;
  /** Null when there is no such file. */
  read(id: Id): Promise<Uint8Array<ArrayBuffer> | null>;
  remove(id: Id): Promise<void>;
  /** Every file with the instant at which it was written, in no order. */
  list(): Promise<readonly { readonly id: Id; readonly writtenAt: Date }[]>;
}

/**
 * Files in `folder` of this machine's disk. A file appears under its name only when it is complete. Several machines
 * need a folder that they share; an S3 adapter would stand here.
 */
export function diskFiles(folder: string): FileStore {
  const pathOf = (id: Id) => {
    if (!FILE_NAME.test(id)) throw new TypeError('a file is named by an id');
    return join(folder, id);
  };
  return {
    async write(id, bytes) {
      const path = pathOf(id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(`${path}.partial`, bytes, { mode: 0o600 });
      await rename(`${path}.partial`, path);
    },
    async read(id) {
      try {
        return await readFile(pathOf(id));
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
    async list() {
      const names = await readdir(folder).catch((error: unknown) => {
        if (isAbsent(error)) return [];
        throw error;
      });
      const ids = names.filter((name) => FILE_NAME.test(name));
      return Promise.all(ids.map(async (id) => ({ id, writtenAt: (await stat(join(folder, id))).mtime })));
    }
  };
}

const FILE_NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
