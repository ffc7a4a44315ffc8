import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { backup } from '../../packages/database/src/backup.ts';
import { openServer } from '../../packages/database/src/engine.ts';
import { BadUse, type OperatorCommand } from './command.ts';
import { fromCaller, whyNotWritable } from './files.ts';
import { say } from './words.ts';

export const backupCommand: OperatorCommand = {
  usage: 'backup FILE',
  get summary() {
    return say(
      'Writes everything into one file, with a count and a checksum for each table; the same file restores on either engine.',
      'Écrit tout dans un fichier, avec le compte et l’empreinte de chaque table ; il se restaure sur l’un ou l’autre moteur.'
    );
  },
  async run(args, platform, context) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    if (positionals.length !== 1)
      throw new BadUse(say('Name one file to write.', 'Nommez un fichier à écrire, et un seul.'));
    const file = fromCaller(positionals[0]!);
    if (existsSync(file))
      throw new BadUse(
        say(`${file} exists: a backup overwrites nothing.`, `${file} existe déjà : une sauvegarde n’écrase rien.`)
      );
    const unwritable = await whyNotWritable(positionals[0]!);
    if (unwritable) throw new BadUse(unwritable);
    const url = process.env['DATABASE_OWNER_URL'];
    const engine = url ? openServer(url, 1) : platform.engine;
    try {
      const sums = await backup(engine, platform.files, file, context.now);
      for (const { table, rows, sha256 } of sums)
        console.log(`${sha256.slice(0, 12)}  ${String(rows).padStart(8)}  ${table}`);
      const total = sums.reduce((sum, { rows }) => sum + rows, 0);
      console.log(
        say(
          `${total} rows of ${sums.length} tables in ${file}`,
          `${total} lignes de ${sums.length} tables dans ${file}`
        )
      );
      return 0;
    } finally {
      if (engine !== platform.engine) await engine.close();
    }
  }
};
