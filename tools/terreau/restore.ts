import { parseArgs } from 'node:util';
import { restore, RestoreRefused } from '../../packages/database/src/backup.ts';
import { openServer } from '../../packages/database/src/engine.ts';
import { BadUse, type OperatorCommand } from './command.ts';
import { fromCaller } from './files.ts';
import { say } from './words.ts';

export const restoreCommand: OperatorCommand = {
  usage: 'restore FILE',
  get summary() {
    return say(
      'Fills a new, empty database from a backup, then reads every table again and compares. On a server: DATABASE_OWNER_URL.',
      'Remplit une base neuve et vide depuis une sauvegarde, puis relit chaque table et compare. Sur un serveur : DATABASE_OWNER_URL.'
    );
  },
  async run(args, platform) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    if (positionals.length !== 1)
      throw new BadUse(say('Name one file to read.', 'Nommez un fichier à lire, et un seul.'));
    const file = fromCaller(positionals[0]!);
    const url = process.env['DATABASE_OWNER_URL'];
    const engine = url ? openServer(url, 1) : platform.engine;
    try {
      const sums = await restore(engine, platform.files, file);
      const total = sums.reduce((sum, { rows }) => sum + rows, 0);
      console.log(
        say(
          `${total} rows of ${sums.length} tables restored; every checksum agrees.`,
          `${total} lignes de ${sums.length} tables restaurées ; chaque empreinte concorde.`
        )
      );
      return 0;
    } catch (error) {
      if (!(error instanceof RestoreRefused)) throw error;
      console.error(`${say('Nothing was restored:', 'Rien n’a été restauré :')} ${error.message}.`);
      return 1;
    } finally {
      if (engine !== platform.engine) await engine.close();
    }
  }
};
