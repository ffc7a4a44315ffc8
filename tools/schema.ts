import { readFile, writeFile } from 'node:fs/promises';
import { openEmbedded } from '../packages/database/src/engine.ts';
import { migrate } from '../packages/database/src/migrate.ts';
import { generateSchema } from '../packages/database/src/schema-generator.ts';

/*
 * Writes packages/database/src/schema.ts from the migrated database; with --check, says whether it differs.
 */
const file = new URL('../packages/database/src/schema.ts', import.meta.url);
const engine = await openEmbedded('memory');
await migrate(engine);
const text = await generateSchema(engine);
await engine.close();
if (!process.argv.includes('--check')) await writeFile(file, text);
else if ((await readFile(file, 'utf8')) !== text) {
  console.error('packages/database/src/schema.ts differs from the migrations: run `npm run schema`');
  process.exitCode = 1;
}
