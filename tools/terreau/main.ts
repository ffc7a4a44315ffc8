import { operatorContext } from '../../packages/database/src/context.ts';
import { DataDirectoryRefused } from '../../packages/database/src/data-directory.ts';
import { MigrationConflict } from '../../packages/database/src/migrate.ts';
import { platform, StartRefused } from '../../apps/web/src/lib/server/platform.ts';
import { backupCommand } from './backup.ts';
import { BadUse, type OperatorCommand } from './command.ts';
import { createAdmin } from './create-admin.ts';
import { createTerritoryCommand } from './create-territory.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { importSupportsCommand } from './import-supports.ts';
import { restoreCommand } from './restore.ts';
import { statusCommand } from './status.ts';
import { say } from './words.ts';

/*
 * The operator's command line: `npm run terreau -- <command>`. It opens the same database as the site, so on the
 * embedded one the site must be stopped first (the lock says so).
 */
const COMMANDS: Readonly<Record<string, OperatorCommand>> = {
  'create-admin': createAdmin,
  'create-territory': createTerritoryCommand,
  import: importCommand,
  'import-supports': importSupportsCommand,
  export: exportCommand,
  backup: backupCommand,
  restore: restoreCommand,
  status: statusCommand
};

const [name = 'help', ...args] = process.argv.slice(2);
process.exitCode = await main();

async function main(): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) return help();
  const command = COMMANDS[name];
  if (!command) return badUse(say(`There is no command "${name}".`, `Il n’y a pas de commande « ${name} ».`));
  if (args.includes('--help')) return help(name);
  try {
    const opened = await platform();
    try {
      const context = operatorContext(opened.engine, new Date());
      return await command.run(args, opened, context);
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (error instanceof BadUse || isArgumentError(error)) return badUse(error.message, name);
    if (error instanceof StartRefused || error instanceof DataDirectoryRefused || error instanceof MigrationConflict)
      return refuse(error.message);
    throw error;
  }
}

function help(only?: string): number {
  const shown = Object.entries(COMMANDS).filter(([key]) => !only || key === only);
  const lines = shown.flatMap(([, { usage, summary }]) => [`  ${usage}`, `      ${summary}`]);
  console.log(['npm run terreau -- <command>', '', ...lines].join('\n'));
  return 0;
}

function badUse(sentence: string, command?: string): number {
  const usage =
    command && COMMANDS[command]
      ? `${say('Usage:', 'Usage :')} npm run terreau -- ${COMMANDS[command].usage}`
      : `${say('See:', 'Voir :')} npm run terreau -- help`;
  console.error(`${sentence}\n${usage}`);
  return 2;
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}

/** What node:util's parseArgs throws for unknown or incomplete options. */
function isArgumentError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
