import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildWhenChanged } from './build.ts';
import { ROOT } from './steps.ts';

/*
 * `npm start` serves for real: no demonstration data, PostgreSQL through DATABASE_URL (or the embedded database on
 * localhost). It builds first when the sources have changed.
 */
await buildWhenChanged();
process.env['INIT_CWD'] ??= ROOT;
process.chdir(join(ROOT, 'apps', 'web'));
if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'));
const { serve } = await import('../apps/web/src/server.ts');
await serve();
