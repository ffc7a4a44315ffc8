import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backup } from '../../packages/database/src/backup.ts';
import { openServer } from '../../packages/database/src/engine.ts';
import { BadUse, type OperatorCommand } from './command.ts';

export const backupCommand: OperatorCommand = {
  usage: 'backup FILE',
  summary:
    'Writes everything into one file, with a count and a checksum for each table; the same file restores on either engine.',
  async run(args, platform, context) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    if (positionals.length !== 1) throw new BadUse('Name one file to write.');
    const file = resolve(process.env['INIT_CWD'] ?? '.', positionals[0]!);
    if (existsSync(file)) throw new BadUse(`${file} exists: a backup overwrites nothing.`);
    const url = process.env['DATABASE_OWNER_URL'];
    const engine = url ? openServer(url, 1) : platform.engine;
    try {
      const sums = await backup(engine, platform.files, file, context.now);
      for (const { table, rows, sha256 } of sums)
        console.log(`${sha256.slice(0, 12)}  ${String(rows).padStart(8)}  ${table}`);
      console.log(`${sums.reduce((total, { rows }) => total + rows, 0)} rows of ${sums.length} tables in ${file}`);
      return 0;
    } finally {
      if (engine !== platform.engine) await engine.close();
    }
  }
};
