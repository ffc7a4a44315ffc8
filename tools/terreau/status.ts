import { tableSums } from '../../packages/database/src/backup.ts';
import { listTerritories } from '../../packages/features/src/territories/list-territories.query.ts';
import type { OperatorCommand } from './command.ts';
import { say } from './words.ts';

export const statusCommand: OperatorCommand = {
  usage: 'status',
  get summary() {
    return say(
      'Says which database is open, which territories it holds, and the count and checksum of each table.',
      'Dit quelle base est ouverte, quels territoires elle contient, le compte et l’empreinte de chaque table.'
    );
  },
  async run(_args, platform, context) {
    console.log(`Engine: ${platform.engine.kind}; address: ${platform.settings.origin}`);
    for (const { slug, name } of await listTerritories(context)) console.log(`Territory: /${slug}  ${name}`);
    for (const { table, rows, sha256 } of await tableSums(platform.engine)) {
      console.log(`${sha256.slice(0, 12)}  ${String(rows).padStart(8)}  ${table}`);
    }
    return 0;
  }
};
