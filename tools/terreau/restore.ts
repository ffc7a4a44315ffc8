import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restore, RestoreRefused } from '../../packages/database/src/backup.ts';
import { openServer } from '../../packages/database/src/engine.ts';
import { BadUse, type OperatorCommand } from './command.ts';

export const restoreCommand: OperatorCommand = {
  usage: 'restore FILE',
  summary:
    'Fills a new, empty database from a backup, then reads every table again and compares. On a server: DATABASE_OWNER_URL.',
  async run(args, platform) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    if (positionals.length !== 1) throw new BadUse('Name one file to read.');
    const file = resolve(process.env['INIT_CWD'] ?? '.', positionals[0]!);
    const url = process.env['DATABASE_OWNER_URL'];
    const engine = url ? openServer(url, 1) : platform.engine;
    try {
      const sums = await restore(engine, platform.files, file);
      console.log(
        `${sums.reduce((total, { rows }) => total + rows, 0)} rows of ${sums.length} tables restored; every checksum agrees.`
      );
      return 0;
    } catch (error) {
      if (!(error instanceof RestoreRefused)) throw error;
      console.error(`Nothing was restored: ${error.message}.`);
      return 1;
    } finally {
      if (engine !== platform.engine) await engine.close();
    }
  }
};
