import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { error } from '@sveltejs/kit';
import { mayCreateTerritory } from '@terreau/features/territories/territories.policy';
import { mustBeSignedIn } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';

/** A visitor signs in first; anybody but the platform's administrators is told that there is nothing. */
export function mustAdminister(locals: App.Locals, url: URL): void {
  mustBeSignedIn(locals, url);
  if (!mayCreateTerritory(locals.context.actor)) error(404);
}

/** What the house stands on. */
export interface HouseState {
  readonly engine: 'embedded' | 'postgresql';
  readonly databaseVersion: string;
  /** Nightly dumps of the embedded database, newest first; on a server its own backups take their place. */
  readonly dumps: { readonly name: string; readonly megabytes: number; readonly madeAt: Date }[];
}

const DUMPS_SHOWN_COUNT = 10;

export async function houseState(): Promise<HouseState> {
  const { engine, settings } = await platform();
  const { rows } = await engine.pool.query<{ server_version: string }>('show server_version');
  const folder = join(settings.dataFolder, 'dumps');
  const names = engine.kind === 'embedded' ? await readdir(folder).catch(() => []) : [];
  const newest = names
    .filter((name) => name.endsWith('.backup'))
    .toSorted()
    .reverse()
    .slice(0, DUMPS_SHOWN_COUNT);
  const dumps = await Promise.all(
    newest.map(async (name) => {
      const { size, mtime } = await stat(join(folder, name));
      return { name, megabytes: Math.round(size / 10_000) / 100, madeAt: mtime };
    })
  );
  return { engine: engine.kind, databaseVersion: rows[0]?.server_version ?? '', dumps };
}
