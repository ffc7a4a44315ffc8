import { join } from 'node:path';
import { operatorContext } from '../packages/database/src/context.ts';
import { demonstration } from '../packages/features/src/demonstration/demonstration.ts';
import { seedDemonstration } from '../packages/features/src/demonstration/seed-demonstration.command.ts';
import { buildWhenChanged } from './build.ts';
import { ROOT } from './steps.ts';

/*
 * `npm run demo`: builds, opens the embedded database, makes Valbrune the first time, serves, and prints where to go.
 * Its accounts share one public password, so it refuses to be reached from anywhere but this machine.
 */
const PASSWORD = 'terreau-valbrune';

const started = performance.now();
process.env['TERREAU_DEMONSTRATION'] = '1';
// One line a request would hide the accounts that this command prints.
process.env['TERREAU_LOG_LEVEL'] ??= 'warn';
process.env['HOST'] ??= 'localhost';
process.env['INIT_CWD'] ??= ROOT;
await buildWhenChanged();
process.chdir(join(ROOT, 'apps', 'web'));
const { serve } = await import('../apps/web/src/server.ts');
await serve(async ({ engine, settings, files }) => {
  const seeded = await seedDemonstration(operatorContext(engine, new Date()), PASSWORD, settings.origin, files);
  if (!seeded.ok && seeded.code !== 'already-there')
    throw new Error(`the demonstration could not be made: ${seeded.code}`);
  return () => present(settings.origin, settings.dataFolder);
});

function present(origin: string, dataFolder: string): void {
  const { accounts, territory } = demonstration();
  const width = Math.max(...accounts.map(({ email }) => email.length));
  const lines = [
    '',
    `  Terreau is open at ${origin}/${territory.slug}   (ready in ${((performance.now() - started) / 1000).toFixed(1)} s)`,
    '',
    `  Sign in at ${origin}/sign-in with any of these addresses and the password ${PASSWORD}`,
    ...accounts.map(({ email, title }) => `    ${email.padEnd(width)}  ${title}`),
    '',
    `  The data is in ${dataFolder}. It is a demonstration on the embedded database: a power cut may lose the last writes.`,
    '  Stop with Ctrl+C.',
    ''
  ];
  console.log(lines.join('\n'));
}
